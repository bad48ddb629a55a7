/** What an earlier step has made: a step runs only when the ones that it needs have succeeded. */
export const madeBefore = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('A step ran before the one that it needs.');
  return value;
};
