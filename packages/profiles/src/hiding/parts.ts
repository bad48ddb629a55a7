import { tellsTooMuch } from './mask.ts';

/** Parts of a number that is told, by name: those of too few people are hidden, and others until nothing follows from the rest. */
export const hiddenParts = <Name extends string>(
  parts: ReadonlyMap<Name, number>,
  threshold: number,
): ReadonlySet<Name> => {
  const some = [...parts].filter(([, rows]) => rows > 0).toSorted(([, one], [, other]) => one - other);
  const hidden = some.filter(([, rows]) => rows < threshold);
  const told = some.slice(hidden.length);
  const sum = () => ({ people: hidden.reduce((all, [, rows]) => all + rows, 0), cells: hidden.length });
  while (told.length > 0 && (hidden.length === 1 || tellsTooMuch(sum(), threshold))) hidden.push(...told.splice(0, 1));
  return new Set(hidden.map(([name]) => name));
};
