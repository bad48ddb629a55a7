import { IconButton, makeStyles } from '@fluentui/react';
import { type ReactNode, type Ref, useRef } from 'react';
import { Card } from '../../../ui/card.tsx';
import type { Mark } from '../marks.ts';
import { useReportView } from '../report-view.ts';
import { hiddenReason, hiddenWords } from '../words.ts';
import { ChartTable } from './chart-table.tsx';
import { DownloadButton } from './download-button.tsx';

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
  const { tables, onToggleTable } = useReportView();
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
      {marks.some(({ people }) => people === null) && <HiddenNote isTable={isTable} />}
    </Card>
  );
};

/** What hatched means, or `Hidden` in a table. */
const HiddenNote = ({ isTable }: { isTable: boolean }) => {
  const styles = useStyles();
  const { threshold } = useReportView().report;
  if (isTable) return <p className={styles.hidden}>Hidden: {hiddenReason(threshold)}.</p>;
  return (
    <p className={styles.hidden}>
      <span className={styles.swatch} />
      {hiddenWords(threshold)}
    </p>
  );
};
