import { mergeStyles } from '@fluentui/react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Mark } from '../marks.ts';
import { useChartStyles } from './chart-styles.ts';
import { usePlot } from './plot.tsx';

type Box = { x: number; y: number; width: number; height: number };

type Props = {
  mark: Mark;
  /** What can be pointed at. */
  box: Box;
  /** Where its tip stands, unless over the middle of the box. */
  tipAt?: { x: number; y: number };
  isChosen?: boolean;
  /** Absent where nothing can be chosen. */
  onChoose?: (key: string) => void;
  children: ReactNode;
};

/** One mark of a chart: reached with the keyboard, named in full, with a tip; a button where the report can be filtered by it. */
export const PlotMark = ({ mark, box, tipAt, isChosen = false, onChoose, children }: Props) => {
  const styles = useChartStyles();
  const { active, onActive, onTip } = usePlot();
  const { key, name, words } = mark;
  const choose = onChoose && (mark.isChoosable || isChosen) ? () => onChoose(key) : undefined;
  const showTip = () => onTip({ x: box.x + box.width / 2, y: box.y, ...tipAt, title: name, text: words });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose?.();
  };
  const role = choose
    ? {
        role: 'button',
        'aria-label': `${name}, ${words}, filter`,
        'aria-pressed': isChosen,
        onClick: choose,
        onKeyDown,
      }
    : { role: 'img', 'aria-label': `${name}, ${words}` };
  return (
    <>
      {/* Below what is drawn, which is not in its name: the name says it in full. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role is among what is spread */}
      <rect
        {...role}
        {...box}
        rx={4}
        fill="none"
        data-mark={key}
        tabIndex={key === active ? 0 : -1}
        className={mergeStyles(styles.mark, choose && styles.choosable)}
        onFocus={() => {
          onActive(key);
          showTip();
        }}
        onBlur={() => onTip(undefined)}
        onMouseEnter={showTip}
        onMouseLeave={() => onTip(undefined)}
      />
      <g aria-hidden pointerEvents="none">
        {children}
      </g>
    </>
  );
};
