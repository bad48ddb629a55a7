import { IconButton, useTheme } from '@fluentui/react';
import { useToasts } from '../../../ui/toasts.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { chartRows, type Download, downloadName, pictureLines } from '../chart-files.ts';
import { csvOf } from '../csv.ts';
import { download } from '../download.ts';
import { pictureOf } from '../png.ts';
import { useReportView } from '../report-view.ts';
import { useChartColors } from './chart-styles.ts';

type Props = Omit<Download, 'report' | 'filter'> & {
  svgRef: { current: SVGSVGElement | null };
  /** There is nothing to draw then. */
  isTable: boolean;
};

/** Takes a chart along: its numbers as they are shown, or what is drawn. */
export const DownloadButton = ({ title, head, marks, svgRef, isTable }: Props) => {
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
