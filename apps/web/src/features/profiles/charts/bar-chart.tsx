import type { Ref } from 'react';
import { formatNumber } from '../../../lib/words.ts';
import type { Mark } from '../marks.ts';
import { shareWords } from '../shares.ts';
import { fontSizes, useChartColors, useChartStyles } from './chart-styles.ts';
import { Plot, usePlot } from './plot.tsx';
import { PlotMark } from './plot-mark.tsx';
import { fitted, textWidth } from './text-width.ts';

const rowHeight = 44;
const barHeight = 10;
const barTop = 26;
const textLine = 19;
const padding = 6;
/** So that few people, too, can be seen. */
const leastWidth = 2;
/** A hidden bar says nothing by its length. */
const hiddenWidth = 48;

export type ChartProps = {
  label: string;
  marks: readonly Mark[];
  svgRef: Ref<SVGSVGElement>;
  chosen?: string;
  onChoose?: (key: string) => void;
};

type Rows = Pick<ChartProps, 'marks' | 'chosen' | 'onChoose'> & {
  /** What the longest bar stands for: the most people, or all of them. */
  scale: 'most' | 'whole';
};

export const barsHeight = (marks: readonly Mark[]): number => marks.length * rowHeight;

/** Bars below each other, each with its name and number above it. */
export const BarChart = ({ label, svgRef, ...rows }: ChartProps & Rows) => (
  <Plot label={label} keys={rows.marks.map(({ key }) => key)} height={() => barsHeight(rows.marks)} svgRef={svgRef}>
    {(width) => <BarRows {...rows} width={width} />}
  </Plot>
);

/** The bars of such a chart, for a plot that has other looks, too. */
export const BarRows = ({ marks, chosen, onChoose, scale, width }: Rows & { width: number }) => {
  const most = Math.max(1, ...marks.map(({ people }) => people ?? 0));
  return marks.map((mark, index) => {
    const isChosen = mark.key === chosen;
    const y = index * rowHeight;
    const full = width - 2 * padding;
    const isGrey = !isChosen && (mark.isRest || chosen !== undefined);
    return (
      <PlotMark
        key={mark.key}
        mark={mark}
        box={{ x: 0, y, width, height: rowHeight - 2 }}
        isChosen={isChosen}
        onChoose={onChoose}
      >
        <RowText mark={mark} y={y + textLine} width={full} isChosen={isChosen} />
        {scale === 'whole' && <Track y={y + barTop} width={full} />}
        <Bar
          mark={mark}
          y={y + barTop}
          width={full * (scale === 'whole' ? (mark.share ?? 0) : (mark.people ?? 0) / most)}
          look={isChosen ? 'chosen' : isGrey ? 'quiet' : 'bar'}
        />
      </PlotMark>
    );
  });
};

const RowText = ({ mark, y, width, isChosen }: { mark: Mark; y: number; width: number; isChosen: boolean }) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  const { name, people, share } = mark;
  const number = people === null ? 'hidden' : formatNumber(people);
  const part = share === null ? '' : shareWords(share);
  // Wide enough for ">99.9%", so that the numbers stand below each other.
  const partWidth = share === null ? 0 : 58;
  const room = width - partWidth - textWidth(number, fontSizes.name) - padding;
  const common = { y, fontSize: fontSizes.name, className: styles.text };
  return (
    <>
      <text {...common} x={padding} fontWeight={isChosen ? 600 : undefined} fill={colors.text}>
        {fitted(isChosen ? `✓ ${name}` : name, fontSizes.name, room)}
      </text>
      <text {...common} x={padding + width - partWidth} textAnchor="end" fill={colors.text}>
        {number}
      </text>
      <text {...common} x={padding + width} textAnchor="end" fill={colors.subtext}>
        {part}
      </text>
    </>
  );
};

const Track = ({ y, width }: { y: number; width: number }) => (
  <rect
    x={padding}
    y={y}
    width={width}
    height={barHeight}
    rx={3}
    fill={useChartColors().track}
    className={useChartStyles().track}
  />
);

type BarProps = { mark: Mark; y: number; width: number; look: 'bar' | 'quiet' | 'chosen' };

const Bar = ({ mark: { people }, y, width, look }: BarProps) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  const { hatch } = usePlot();
  const place = { x: padding, y, height: barHeight, rx: 3 };
  if (people === 0) return null;
  if (people === null)
    return <rect {...place} width={hiddenWidth} fill={hatch} stroke={colors.quiet} className={styles.line} />;
  return (
    <rect
      {...place}
      width={Math.max(leastWidth, width)}
      fill={look === 'quiet' ? colors.quiet : colors.bar}
      className={styles[look]}
    />
  );
};
