import { expect, it } from 'vitest';
import { type Deed, deeds } from './nemesis.ts';

const planned = (seed: number): Deed[] => {
  const coming = deeds(seed, 3);
  return Array.from({ length: 200 }, () => coming.next().value);
};

it('does the same for the same seed, and something else for another', () => {
  expect(planned(7)).toEqual(planned(7));
  expect(planned(7)).not.toEqual(planned(8));
});

it('does everything that it can, to every worker', () => {
  const all = planned(7);
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['kill', 'stop', 'disconnect', 'storage']));
  const killed = all.flatMap((deed) => (deed.kind === 'kill' ? [deed.place] : []));
  expect(new Set(killed)).toEqual(new Set([0, 1, 2]));
});
