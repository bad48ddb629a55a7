import { ActionButton } from '@fluentui/react';
import { useState } from 'react';
import { BarChart, type ChartProps } from './bar-chart.tsx';

/** Bars that are shown before somebody asks for the rest. */
const shownAtFirst = 10;

/** The longest bars of many, and on demand the others. One that is chosen, and those that stand for no value, are always there. */
export const RankedBars = (props: ChartProps) => {
  const { marks, chosen } = props;
  const [isWhole, setWhole] = useState(false);
  const values = marks.filter(({ isRest }) => !isRest);
  const isShort = values.length > shownAtFirst;
  const shown =
    isWhole || !isShort
      ? marks
      : marks.filter((mark) => mark.isRest || mark.key === chosen || values.indexOf(mark) < shownAtFirst);
  return (
    <>
      <BarChart {...props} marks={shown} scale="most" />
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
