import { formatNumber } from '../../../lib/words.ts';
import type { Mark } from '../marks.ts';
import { shareWords } from '../shares.ts';
import { BarRows, barsHeight, type ChartProps } from './bar-chart.tsx';
import { useChartColors, useChartStyles } from './chart-styles.ts';
import { Plot, usePlot } from './plot.tsx';
import { PlotMark } from './plot-mark.tsx';
import { textWidth } from './text-width.ts';

const areaHeight = 168;
const [topRoom, bottomRoom] = [22, 26];
const bottom = topRoom + areaHeight;
const fullHeight = bottom + bottomRoom;
/** Between columns, and before those that stand for no value. */
const [gap, restGap] = [6, 12];
const leastHeight = 2;
/** A hidden column says nothing by its height. */
const hiddenHeight = 28;
const labelSize = 11;
/** Between two names. */
const labelGap = 4;
/** What stands for no value needs no more room than this. */
const widestRest = 64;

const widthOfNames = (marks: readonly Mark[]): number =>
  Math.max(0, ...marks.map(({ name }) => textWidth(name, labelSize)));

/** Where each column begins and how much room it has: all values alike, the rest as much as its names need. */
const placesOf = (marks: readonly Mark[], width: number): readonly { x: number; width: number }[] => {
  const rests = marks.filter(({ isRest }) => isRest);
  const values = Math.max(1, marks.length - rests.length);
  const even = width / Math.max(1, marks.length);
  const restWidth = rests.length === 0 ? 0 : Math.max(Math.min(even, widestRest), widthOfNames(rests) + 2 * gap);
  const room = rests.length === 0 ? 0 : restGap + rests.length * restWidth;
  const slot = (width - room) / values;
  return marks.map(({ isRest }, index) =>
    isRest
      ? { x: values * slot + restGap + (index - values) * restWidth, width: restWidth }
      : { x: index * slot, width: slot },
  );
};

/** Few columns are no wider than this in their places. */
const widestColumn = 72;

/** Columns say something where the names have room and there is a height to compare with. */
const areColumns = (marks: readonly Mark[], width: number): boolean => {
  const places = placesOf(marks, width);
  const isAnyHigh = marks.some(({ people }) => people !== null && people > 0);
  return (
    isAnyHigh && marks.every(({ name }, index) => textWidth(name, labelSize) + labelGap <= (places[index]?.width ?? 0))
  );
};

const heightOf = ({ people }: Mark, most: number): number => {
  if (people === null) return hiddenHeight;
  return people === 0 ? 0 : Math.max(leastHeight, (people / most) * areaHeight);
};

/** Columns beside each other, each with its share above and its name below it; bars where those would say nothing. */
export const ColumnChart = ({ label, svgRef, ...parts }: ChartProps) => (
  <Plot
    label={label}
    keys={parts.marks.map(({ key }) => key)}
    height={(width) => (areColumns(parts.marks, width) ? fullHeight : barsHeight(parts.marks))}
    svgRef={svgRef}
  >
    {(width) =>
      areColumns(parts.marks, width) ? (
        <Columns {...parts} width={width} />
      ) : (
        <BarRows {...parts} width={width} scale="most" />
      )
    }
  </Plot>
);

type ColumnsProps = Pick<ChartProps, 'marks' | 'chosen' | 'onChoose'> & { width: number };

const Columns = ({ marks, chosen, onChoose, width }: ColumnsProps) => {
  const most = Math.max(1, ...marks.map(({ people }) => people ?? 0));
  const places = placesOf(marks, width);
  return marks.map((mark, index) => {
    const { x, width: slot } = places[index] ?? { x: 0, width: 0 };
    const height = heightOf(mark, most);
    const isChosen = mark.key === chosen;
    const isGrey = !isChosen && (mark.isRest || chosen !== undefined);
    return (
      <PlotMark
        key={mark.key}
        mark={mark}
        box={{ x, y: 0, width: slot, height: fullHeight }}
        tipAt={{ x: x + slot / 2, y: bottom - height - labelSize }}
        isChosen={isChosen}
        onChoose={onChoose}
      >
        <ColumnText mark={mark} x={x} width={slot} top={bottom - height} isChosen={isChosen} />
        <Column mark={mark} x={x} slot={slot} height={height} look={isChosen ? 'chosen' : isGrey ? 'quiet' : 'bar'} />
      </PlotMark>
    );
  });
};

type TextProps = { mark: Mark; x: number; width: number; top: number; isChosen: boolean };

const ColumnText = ({ mark: { name, people, share }, x, width, top, isChosen }: TextProps) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  const above = people === null ? '' : share === null ? formatNumber(people) : shareWords(share);
  const common = { x: x + width / 2, textAnchor: 'middle', fontSize: labelSize, className: styles.text } as const;
  return (
    <>
      {textWidth(above, labelSize) <= width && (
        <text {...common} y={top - 6} fill={colors.subtext}>
          {isChosen ? `✓ ${above}` : above}
        </text>
      )}
      <text {...common} y={bottom + 17} fontWeight={isChosen ? 600 : undefined} fill={colors.text}>
        {name}
      </text>
    </>
  );
};

type ColumnProps = { mark: Mark; x: number; slot: number; height: number; look: 'bar' | 'quiet' | 'chosen' };

const Column = ({ mark: { people }, x, slot, height, look }: ColumnProps) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  const { hatch } = usePlot();
  const width = Math.min(slot - gap, widestColumn);
  const place = { x: x + (slot - width) / 2, y: bottom - height, width, height, rx: 2 };
  return (
    <>
      {people === null ? (
        <rect {...place} fill={hatch} stroke={colors.quiet} className={styles.line} />
      ) : (
        <rect {...place} fill={look === 'quiet' ? colors.quiet : colors.bar} className={styles[look]} />
      )}
      <line x1={x} x2={x + slot} y1={bottom} y2={bottom} stroke={colors.line} className={styles.line} />
    </>
  );
};
