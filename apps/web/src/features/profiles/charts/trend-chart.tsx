import type { Ref } from 'react';
import { formatNumber } from '../../../lib/words.ts';
import type { Mark } from '../marks.ts';
import { fontSizes, useChartColors, useChartStyles } from './chart-styles.ts';
import { Plot } from './plot.tsx';
import { PlotMark } from './plot-mark.tsx';
import { textWidth } from './text-width.ts';

const [top, areaHeight, bottomRoom] = [28, 140, 28];
const bottom = top + areaHeight;
/** As the cards' text; and points keep a little more from the edges. */
const [padding, side] = [6, 14];
/** Of a point, and of one of many. */
const [radius, smallRadius] = [4, 2];
const manyPoints = 40;
/** What can be pointed at reaches this far around a point. */
const reach = 12;

/** A point of the line: a mark that has a moment. */
export type Point = Mark & { at: number; people: number };

type Props = { label: string; points: readonly Point[]; svgRef: Ref<SVGSVGElement>; dayText: (at: number) => string };

/** Numbers over time as a line with points. It begins at zero, so that a small change looks small. */
export const TrendChart = ({ label, points, svgRef, dayText }: Props) => (
  <Plot label={label} keys={points.map(({ key }) => key)} height={() => bottom + bottomRoom} svgRef={svgRef}>
    {(width) => <Line points={points} width={width} dayText={dayText} />}
  </Plot>
);

const Line = ({ points, width, dayText }: Pick<Props, 'points' | 'dayText'> & { width: number }) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(1, ...points.map(({ people }) => people));
  const span = last.at - first.at;
  const placed = points.map((point) => ({
    point,
    x: span === 0 ? width / 2 : side + ((point.at - first.at) / span) * (width - 2 * side),
    y: bottom - (point.people / most) * areaHeight,
  }));
  const axis = { y: bottom + 18, fontSize: fontSizes.small, fill: colors.subtext, className: styles.text };
  const newest = formatNumber(last.people);
  const end = placed.at(-1)?.x ?? 0;
  return (
    <>
      <line x1={padding} x2={width - padding} y1={bottom} y2={bottom} stroke={colors.line} className={styles.line} />
      <polyline
        points={placed.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        stroke={colors.bar}
        strokeWidth={2}
        className={styles.line}
      />
      {placed.map(({ point, x, y }) => (
        <PlotMark
          key={point.key}
          mark={point}
          box={{ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }}
        >
          <circle
            cx={x}
            cy={y}
            r={points.length > manyPoints ? smallRadius : radius}
            fill={colors.bar}
            className={styles.bar}
          />
        </PlotMark>
      ))}
      <text
        x={Math.min(end, width - padding - textWidth(newest, fontSizes.name) / 2)}
        y={(placed.at(-1)?.y ?? 0) - 12}
        fontSize={fontSizes.name}
        fontWeight={600}
        textAnchor="middle"
        fill={colors.text}
        className={styles.text}
        pointerEvents="none"
      >
        {newest}
      </text>
      {span === 0 ? (
        <text {...axis} x={width / 2} textAnchor="middle">
          {dayText(first.at)}
        </text>
      ) : (
        <>
          <text {...axis} x={padding}>
            {dayText(first.at)}
          </text>
          <text {...axis} x={width - padding} textAnchor="end">
            {dayText(last.at)}
          </text>
        </>
      )}
    </>
  );
};
