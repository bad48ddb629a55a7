import { IconButton, makeStyles, useTheme } from '@fluentui/react';
import { type ReactNode, type Ref, useRef } from 'react';
import { Card } from '../../../ui/card.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { chartRows, type Download, downloadName, pictureLines } from '../chart-files.ts';
import { csvOf } from '../csv.ts';
import { download } from '../download.ts';
import type { Mark } from '../marks.ts';
import { pictureOf } from '../png.ts';
import { useReportView } from '../report-view.ts';
import { hiddenWords } from '../words.ts';
import { useChartColors } from './chart-styles.ts';
import { ChartTable } from './chart-table.tsx';

const useStyles = makeStyles((theme) => ({
  tools: { display: 'flex', margin: '-5px -8px 0 0', flexShrink: 0, '@media print': { display: 'none' } },
  hidden: {
    display: 'flex',
    gap: 8,
    margin: '12px 0 0',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
  },
  swatch: {
    flexShrink: 0,
    width: 24,
    height: 10,
    marginTop: 3,
    boxSizing: 'border-box',
    border: `1px solid ${theme.palette.neutralSecondaryAlt}`,
    background: `repeating-linear-gradient(135deg, ${theme.palette.neutralSecondaryAlt} 0 2px, transparent 2px 6px)`,
    forcedColorAdjust: 'none',
  },
  none: { margin: 0, color: theme.semanticColors.bodySubtext, lineHeight: '20px' },
}));

type Props = {
  /** Names the chart in the address, where it is shown as a table. */
  id: string;
  title: string;
  text?: string;
  head: readonly [value: string, count: string];
  marks: readonly Mark[];
  chosen?: string;
  onChoose?: (key: string) => void;
  /** What to say where there is no mark. */
  none: string;
  /** For a chart that another one's table is about, too. */
  hasTable?: boolean;
  children: (svgRef: Ref<SVGSVGElement>) => ReactNode;
};

/** A chart with its title, which can be shown as a table and downloaded; and what the hatched marks in it mean. */
export const ChartCard = ({
  id,
  title,
  text,
  head,
  marks,
  chosen,
  onChoose,
  none,
  hasTable = true,
  children,
}: Props) => {
  const styles = useStyles();
  const { report, tables, onToggleTable } = useReportView();
  const svgRef = useRef<SVGSVGElement>(null);
  const isTable = hasTable && tables.includes(id);
  const toggle = isTable ? `Show ${title} as a chart` : `Show ${title} as a table`;
  const tools = marks.length > 0 && (
    <div className={styles.tools}>
      {hasTable && (
        <IconButton
          iconProps={{ iconName: 'Table' }}
          toggle
          checked={isTable}
          ariaLabel={`Show ${title} as a table`}
          title={toggle}
          onClick={() => onToggleTable(id)}
        />
      )}
      <DownloadButton title={title} head={head} marks={marks} svgRef={svgRef} isTable={isTable} />
    </div>
  );
  return (
    <Card title={title} text={text} aside={tools}>
      {marks.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : isTable ? (
        <ChartTable title={title} head={head} marks={marks} chosen={chosen} onChoose={onChoose} />
      ) : (
        children(svgRef)
      )}
      {marks.some(({ people }) => people === null) && (
        <p className={styles.hidden}>
          {!isTable && <span className={styles.swatch} />}
          {isTable
            ? `Hidden: ${hiddenWords(report.threshold).slice('hidden ('.length, -1)}.`
            : hiddenWords(report.threshold)}
        </p>
      )}
    </Card>
  );
};

type DownloadProps = Omit<Download, 'report' | 'filter'> & {
  svgRef: { current: SVGSVGElement | null };
  isTable: boolean;
};

const DownloadButton = ({ title, head, marks, svgRef, isTable }: DownloadProps) => {
  const { report, about } = useReportView();
  const viewer = useViewer();
  const colors = useChartColors();
  const { fonts } = useTheme();
  const toasts = useToasts();
  const what = { title, head, marks, report, filter: about };
  const saveTable = () =>
    download(new Blob([csvOf(chartRows(what))], { type: 'text/csv;charset=utf-8' }), downloadName(what, 'csv'));
  const savePicture = async () => {
    if (svgRef.current === null) return;
    try {
      const fontFamily = fonts.medium.fontFamily ?? 'sans-serif';
      const lines = pictureLines(what, viewer);
      download(await pictureOf(svgRef.current, { title, lines, colors, fontFamily }), downloadName(what, 'png'));
    } catch {
      toasts.error('The browser did not let us draw the picture. Download the table instead.');
    }
  };
  return (
    <IconButton
      iconProps={{ iconName: 'Download' }}
      ariaLabel={`Download ${title}`}
      title={`Download ${title}`}
      onRenderMenuIcon={() => null}
      menuProps={{
        shouldFocusOnMount: true,
        items: [
          { key: 'csv', text: 'Table (CSV)', onClick: saveTable },
          { key: 'png', text: 'Picture (PNG)', disabled: isTable, onClick: () => void savePicture() },
        ],
      }}
    />
  );
};
