import type { SharedWith } from '@junction/contracts';
import fc from 'fast-check';
import type { Connection, Export, Model, Sharing } from './model.ts';
import type { World } from './world.ts';

type Command = fc.AsyncCommand<Model, World>;

/** One command: what it is called in a counterexample, and what it does. It is skipped where `isPossible` says no. */
export const command = (
  label: string,
  run: (model: Model, world: World) => Promise<void>,
  isPossible: (model: Model) => boolean = () => true,
): Command => ({
  check: isPossible,
  run: async (model, world) => {
    await run(model, world);
    await world.compare(model);
  },
  toString: () => label,
});

// Things are picked by number, so that a smaller counterexample picks the same or an earlier one.
export const number = fc.nat({ max: 11 });
export const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;
export const pickMany = <Item>(items: readonly Item[], indexes: readonly number[]): Item[] => [
  ...new Set(items.length === 0 ? [] : indexes.map((index) => pick(items, index))),
];
/** Who acts, by place in the list of people: most often somebody who may. */
export const who = fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 2, 3, 4);
export const several = fc.array(number, { minLength: 1, maxLength: 3 });
/** Mostly one that is in the state that the command is about; now and then any. */
export const pickIn = (connections: readonly Connection[], state: Connection['state'], index: number): Connection => {
  const fitting = connections.filter((connection) => connection.state === state);
  return pick(index < 9 && fitting.length > 0 ? fitting : connections, index);
};
/** The same for exports: every second time one that lost its connection with a removal. */
export const pickExport = (model: Model, index: number): Export => {
  const lost = model.exports.filter(({ connectionId, removal }) => connectionId === null && removal !== null);
  return pick(index < 6 && lost.length > 0 ? lost : model.exports, index);
};
export const pickExports = (model: Model, indexes: readonly number[]): Export[] => [
  ...new Set(indexes.map((index) => pickExport(model, index))),
];
export const hasExports = (model: Model) => model.exports.length > 0;

const everybody = 'adminsAndContributors' as const;
export const shared = fc.constantFrom<[SharedWith, ...number[]]>(
  ['admins'],
  [everybody],
  ['namedContributors', 2],
  ['namedContributors', 3],
  ['namedContributors', 2, 3],
);
export const sharingOf = (model: Model, [sharedWith, ...people]: readonly [SharedWith, ...number[]]): Sharing => ({
  sharedWith,
  personIds: people.map((index) => pick(model.people, index).id),
});
export const isSame = (one: Sharing, other: Sharing) =>
  one.sharedWith === other.sharedWith && [...one.personIds].sort().join() === [...other.personIds].sort().join();
export const bodyOf = ({ sharedWith, personIds }: Sharing) => ({ sharedWith, personIds: [...personIds] });

export const at = ({ environmentId }: World, connection: Connection) => ({
  environmentId,
  connectionId: connection.id,
});
export const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();
