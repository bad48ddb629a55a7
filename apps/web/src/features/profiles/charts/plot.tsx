import { makeStyles, useTheme } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { createContext, type KeyboardEvent, type ReactNode, type Ref, useContext, useState } from 'react';
import { useIsPrinting } from '../../../ui/use-printing.ts';
import { useWidth } from '../../../ui/use-width.ts';
import { useChartColors, useChartStyles } from './chart-styles.ts';

/** Until the place is measured. */
const usualWidth = 480;
/** Paper is not measured in time; half of a sheet is about as wide. */
const paperWidth = 560;
/** From an edge closer than this, a tip stands beside its point rather than in the middle over it. */
const edge = 90;

const useStyles = makeStyles((theme) => ({
  // What can be pointed at reaches a little further out than the text of the card.
  root: { position: 'relative', margin: '0 -6px' },
  svg: {
    display: 'block',
    maxWidth: '100%',
    height: 'auto',
    overflow: 'visible',
    '@media print': { width: '100%' },
  },
  tip: {
    position: 'absolute',
    zIndex: 2,
    maxWidth: 220,
    width: 'max-content',
    padding: '6px 10px',
    borderRadius: 4,
    border: `1px solid ${theme.palette.neutralTertiaryAlt}`,
    background: theme.semanticColors.bodyBackground,
    color: theme.semanticColors.bodyText,
    boxShadow: theme.effects.elevation8,
    fontSize: 12,
    lineHeight: '16px',
    pointerEvents: 'none',
    '@media print': { display: 'none' },
  },
  tipTitle: { fontWeight: 600, overflowWrap: 'anywhere' },
}));

/** What is said of the mark that is pointed at or has the focus, and where. */
export type Tip = { x: number; y: number; title: string; text: string };

type PlotState = {
  /** The mark that Tab comes to. */
  active: string | undefined;
  onActive: (key: string) => void;
  onTip: (tip: Tip | undefined) => void;
  /** The fill of what is hidden. */
  hatch: string;
};

const PlotContext = createContext<PlotState | undefined>(undefined);

export const usePlot = (): PlotState => {
  const state = useContext(PlotContext);
  if (state === undefined) throw new Error('usePlot is for what is in a plot.');
  return state;
};

/** Where the keys that move the focus inside a chart lead, from one mark of several. */
const steps: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowRight: (index, last) => Math.min(index + 1, last),
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowLeft: (index) => Math.max(index - 1, 0),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const marks: Element[] = Array.from(event.currentTarget.querySelectorAll('[data-mark]'));
  const index = document.activeElement === null ? -1 : marks.indexOf(document.activeElement);
  const next = index < 0 ? undefined : steps[event.key]?.(index, marks.length - 1);
  if (next === undefined) return;
  event.preventDefault();
  const mark = marks[next];
  if (mark instanceof SVGElement) mark.focus();
};

type Props = {
  label: string;
  /** The marks in it, in order. */
  keys: readonly string[];
  height: (width: number) => number;
  /** Of the drawing, for whoever makes a picture of it. */
  svgRef: Ref<SVGSVGElement>;
  children: (width: number) => ReactNode;
};

/** The place that a chart is drawn in, as wide as there is room: one stop for Tab, arrow keys between its marks, and their tips. */
export const Plot = ({ label, keys, height, svgRef, children }: Props) => {
  const styles = useStyles();
  const { fonts } = useTheme();
  const [ref, measured] = useWidth();
  const [current, setCurrent] = useState<string>();
  const [tip, setTip] = useState<Tip>();
  const hatchId = useId('hatch');
  const width = useIsPrinting() ? paperWidth : (measured ?? usualWidth);
  const full = height(width);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') setTip(undefined);
    moveFocus(event);
  };
  const state: PlotState = {
    active: current !== undefined && keys.includes(current) ? current : keys[0],
    onActive: setCurrent,
    onTip: setTip,
    hatch: `url(#${hatchId})`,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears of the keys that its marks, which have the focus, do not take
    <div ref={ref} className={styles.root} onKeyDown={onKeyDown}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        ref={svgRef}
        className={styles.svg}
        role="group"
        aria-label={label}
        viewBox={`0 0 ${width} ${full}`}
        width={width}
        height={full}
        fontFamily={fonts.medium.fontFamily}
      >
        <Hatch id={hatchId} />
        <PlotContext value={state}>{children(width)}</PlotContext>
      </svg>
      {tip && <TipBox tip={tip} width={width} />}
    </div>
  );
};

/** Lines at an angle. */
const Hatch = ({ id }: { id: string }) => {
  const styles = useChartStyles();
  const colors = useChartColors();
  return (
    <defs>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={2} height={6} fill={colors.quiet} className={styles.bar} />
      </pattern>
    </defs>
  );
};

/** What is said of a mark; its accessible name says the same. */
export const TipBox = ({ tip: { x, y, title, text }, width }: { tip: Tip; width: number }) => {
  const styles = useStyles();
  const aside = x < edge ? '0' : x > width - edge ? '-100%' : '-50%';
  return (
    <div className={styles.tip} style={{ left: x, top: y - 6, transform: `translate(${aside}, -100%)` }} aria-hidden>
      <div className={styles.tipTitle}>{title}</div>
      {text}
    </div>
  );
};
