import { othersBar, type ProfileBar, type ProfileBars, type ProfileChart, unknownBar } from '@junction/contracts';
import { counted } from '../../lib/sizes.ts';
import { shareWords } from './shares.ts';
import { barName, hiddenWords } from './words.ts';

/** A bar, a column or a country as a chart draws it and a table lists it. */
export type Mark = {
  key: string;
  name: string;
  /** Null where it is hidden. */
  people: number | null;
  /** Of all that the chart is about; null where that or the bar itself is hidden. */
  share: number | null;
  /** The number in words: "10,234 people, 51%". */
  words: string;
  /** Stands for no value of its own: those of whom nothing is known, and those of rare values. */
  isRest: boolean;
  /** Whether the report can be filtered by it. */
  isChoosable: boolean;
};

const isRest = (key: string): boolean => key === unknownBar || key === othersBar;

/** How many people, and which part of all that is, in words. */
export const peopleWords = (people: number, share: number | null): string =>
  share === null ? counted(people, 'person', 'people') : `${counted(people, 'person', 'people')}, ${shareWords(share)}`;

const markOf =
  (chart: ProfileChart, all: number | null, threshold: number) =>
  ({ key, people }: ProfileBar): Mark => {
    const share = people === null || all === null || all === 0 ? null : people / all;
    return {
      key,
      name: barName(chart, key),
      people,
      share,
      words: people === null ? hiddenWords(threshold) : peopleWords(people, share),
      isRest: isRest(key),
      isChoosable: people !== null && people > 0,
    };
  };

/** The bars of a chart, in the order they are shown: those that stand for no value come last. */
export const marksOf = (chart: ProfileChart, { bars, people }: ProfileBars, threshold: number): Mark[] => {
  const marks = bars.map(markOf(chart, people, threshold));
  return [...marks.filter((mark) => !mark.isRest), ...marks.filter((mark) => mark.isRest)];
};

/** Of how many nothing is known: "6% unknown"; undefined where the chart does not tell. */
export const unknownWords = (marks: readonly Mark[]): string | undefined => {
  const unknown = marks.find(({ key }) => key === unknownBar);
  if (unknown === undefined) return undefined;
  if (unknown.people === null) return 'share of unknown values hidden';
  return unknown.share === null ? undefined : `${shareWords(unknown.share)} unknown`;
};

/** The same with the most people first, and hidden ones after those; what stands for no value stays at the end. */
export const ranked = (marks: readonly Mark[]): Mark[] =>
  marks.toSorted(
    (one, other) =>
      Number(one.isRest) - Number(other.isRest) || (one.isRest ? 0 : (other.people ?? -1) - (one.people ?? -1)),
  );
