import type { Tx } from '../../platform/db.ts';
import { copyName } from './rules.ts';
import { findTakenNames } from './store.ts';

/** How many numbers of each name are looked up first; later rounds take four times as many, so a name that was copied a thousand times takes five. */
const firstRound = 8;

/** A free name for a copy of each export, in the same order: the first of "x (copy)", "x (copy 2)" … that nobody has. */
export const findCopyNames = async (tx: Tx, environmentId: string, names: readonly string[]): Promise<string[]> => {
  const found: (string | undefined)[] = names.map(() => undefined);
  const used = new Set<string>();
  for (let [from, width] = [1, firstRound]; found.includes(undefined); [from, width] = [from + width, width * 4]) {
    const open = names.flatMap((name, index) => (found[index] === undefined ? [{ name, index }] : []));
    const candidates = open.flatMap(({ name, index }) =>
      Array.from({ length: width }, (_, step) => ({ index, name: copyName(name, from + step) })),
    );
    const states = await findTakenNames(
      tx,
      environmentId,
      candidates.map(({ name }) => name),
    );
    for (const [place, { index, name }] of candidates.entries()) {
      const state = states[place];
      if (found[index] !== undefined || state === undefined || state.isTaken || used.has(state.key)) continue;
      used.add(state.key);
      found[index] = name;
    }
  }
  return found.map((name) => name ?? '');
};
