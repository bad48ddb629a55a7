import { makeStyles, mergeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type PointerEvent, type Ref, useState } from 'react';
import { useWidth } from '../../../ui/use-width.ts';
import type { Mark } from '../marks.ts';
import { useChartColors } from './chart-styles.ts';
import { type Tip, TipBox } from './plot.tsx';
import { mapSize, worldShapes } from './world-shapes.ts';

/** The faintest a country with people in it is, and the strongest. */
const [faintest, strongest] = [0.25, 1];

const forced = '@media (forced-colors: active)';

const useStyles = makeStyles((theme) => ({
  root: { position: 'relative', width: '100%' },
  svg: { display: 'block', width: '100%', height: 'auto' },
  land: { [forced]: { fill: 'Canvas', stroke: 'CanvasText' } },
  people: { cursor: 'pointer', [forced]: { fill: 'Highlight', stroke: 'CanvasText' } },
  chosen: { stroke: theme.semanticColors.bodyText, strokeWidth: 2.5, [forced]: { strokeWidth: 4 } },
}));

type Props = {
  marks: readonly Mark[];
  chosen?: string;
  onChoose: (key: string) => void;
  svgRef: Ref<SVGSVGElement>;
};

/** Square roots tell small countries apart, which one large one would make all alike. */
const strength = (people: number, most: number): number =>
  faintest + (strongest - faintest) * Math.sqrt(people / Math.max(1, most));

/** The countries, stronger the more people are in them. For eyes and pointers: the list beside it says the same, and more. */
export const WorldMap = ({ marks, chosen, onChoose, svgRef }: Props) => {
  const styles = useStyles();
  const colors = useChartColors();
  const [ref, width = 0] = useWidth();
  const hatchId = useId('hatch');
  const [tip, setTip] = useState<Tip>();
  const byCountry = new Map(marks.map((mark) => [mark.key, mark]));
  const most = Math.max(0, ...marks.filter(({ isRest }) => !isRest).map(({ people }) => people ?? 0));
  const pointAt = (mark: Mark) => (event: PointerEvent<SVGPathElement>) => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (box) setTip({ x: event.clientX - box.left, y: event.clientY - box.top, title: mark.name, text: mark.words });
  };
  return (
    <div ref={ref} className={styles.root}>
      <svg
        aria-hidden
        ref={svgRef}
        className={styles.svg}
        viewBox={`0 0 ${mapSize.width} ${mapSize.height}`}
        onPointerLeave={() => setTip(undefined)}
      >
        <defs>
          <pattern id={hatchId} width={8} height={8} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width={3} height={8} fill={colors.quiet} />
          </pattern>
        </defs>
        {worldShapes.map(({ country, path }) => {
          const mark = country === undefined ? undefined : byCountry.get(country);
          if (mark === undefined || mark.people === 0)
            return (
              <path
                key={path}
                d={path}
                fill={colors.land}
                stroke={colors.line}
                strokeWidth={0.7}
                className={styles.land}
                onPointerMove={() => setTip(undefined)}
              />
            );
          const isHidden = mark.people === null;
          const isChosen = mark.key === chosen;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for pointers; the list of countries has the buttons
            <path
              key={path}
              d={path}
              fill={isHidden ? `url(#${hatchId})` : colors.bar}
              fillOpacity={isHidden ? undefined : strength(mark.people ?? 0, most)}
              stroke={isHidden ? colors.quiet : colors.bar}
              strokeWidth={0.7}
              className={mergeStyles(isHidden ? styles.land : styles.people, isChosen && styles.chosen)}
              onPointerMove={pointAt(mark)}
              onClick={mark.isChoosable || isChosen ? () => onChoose(mark.key) : undefined}
            />
          );
        })}
      </svg>
      {tip && <TipBox tip={tip} width={width} />}
    </div>
  );
};
