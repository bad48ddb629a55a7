import { ActionButton } from '@fluentui/react';
import { useState } from 'react';
import { useIsPrinting } from '../../../ui/use-printing.ts';
import type { Mark } from '../marks.ts';
import { BarChart, type ChartProps } from './bar-chart.tsx';

/** Bars that are shown before somebody asks for the rest, and those that a sheet of paper has room for. */
const shown = { atFirst: 8, onPaper: 5 } as const;

/** The longest bars of many, and on demand the others. One that is chosen, and those that stand for no value, are always there. */
export const RankedBars = (props: ChartProps) => {
  const { marks, chosen } = props;
  const [isWhole, setWhole] = useState(false);
  const values = marks.filter(({ isRest }) => !isRest);
  const isPrinting = useIsPrinting();
  const most = isPrinting ? shown.onPaper : shown.atFirst;
  const isShort = values.length > most;
  const isCut = isShort && (isPrinting || !isWhole);
  const isShown = (mark: Mark) => mark.isRest || mark.key === chosen || values.indexOf(mark) < most;
  return (
    <>
      <BarChart {...props} marks={isCut ? marks.filter(isShown) : marks} scale="most" />
      {isShort && (
        <ActionButton
          iconProps={{ iconName: isWhole ? 'ChevronUp' : 'ChevronDown' }}
          text={isWhole ? 'Show fewer' : `Show all ${values.length}`}
          styles={{ root: { '@media print': { display: 'none' } } }}
          onClick={() => setWhole(!isWhole)}
        />
      )}
    </>
  );
};
