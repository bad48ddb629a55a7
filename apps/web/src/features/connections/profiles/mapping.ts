import { type ProfileColumns, type ProfileMapping, type ProfileTrait, profileTraits } from '@junction/contracts';

/** What was chosen before, as far as the columns are there; where nothing was chosen yet, what Junction proposes. */
export const mappingOver = ({ columns, proposed }: ProfileColumns, chosen: ProfileMapping | null): ProfileMapping => {
  if (chosen === null) return proposed;
  const names = new Set(columns.map(({ name }) => name));
  return Object.fromEntries(Object.entries(chosen).filter(([, column]) => names.has(column)));
};

/** The mapping with another column for a trait; undefined: it is not there. */
export const withColumn = (
  mapping: ProfileMapping,
  trait: ProfileTrait,
  column: string | undefined,
): ProfileMapping => {
  const { [trait]: _, ...others } = mapping;
  return column === undefined ? others : { ...others, [trait]: column };
};

/** The columns that were chosen for more than one trait. */
export const chosenTwice = (mapping: ProfileMapping): string[] => {
  const columns = profileTraits.map((trait) => mapping[trait]).filter((column) => column !== undefined);
  return [...new Set(columns.filter((column, index) => columns.indexOf(column) !== index))];
};

/** Whether two mappings say the same, in whatever order. */
export const isSameMapping = (one: ProfileMapping, other: ProfileMapping): boolean =>
  profileTraits.every((trait) => one[trait] === other[trait]);
