import {
  type ColumnChoice,
  type EntityChoice,
  type ExportAccess,
  type ExportDeed,
  exportRights,
  type FieldError,
  filterErrors,
  mayUse,
  type Role,
  type SharedWith,
} from '@junction/contracts';
import { AppError } from '../../platform/app-error.ts';
import type { FoundEntity } from '../lake/index.ts';

/** Somebody with the role that they have in the environment at hand. */
export type Person = { id: string; role: Role };

type Sharing = { sharedWith: SharedWith; personIds: readonly string[] };

/** What an export remembers of who could use the connection that it lost; null when it lost none. */
type Memory = { lostSharedWith: string | null; lostSharedWithIds: readonly string[] };

/** Whether somebody could manage the export before it lost its connection. */
export const couldManageBefore = (
  person: Person,
  { connectionId, lostSharedWith, lostSharedWithIds }: Memory & { connectionId: string | null },
): boolean =>
  connectionId === null &&
  lostSharedWith !== null &&
  mayUse(person, { sharedWith: lostSharedWith as SharedWith, personIds: lostSharedWithIds });

/** What somebody's rights to an export follow from; `sharing` is its connection's. */
export const accessTo = (
  person: Person,
  row: Memory & { connectionId: string | null },
  sharing: Sharing | undefined,
): ExportAccess => ({
  hasConnection: row.connectionId !== null,
  mayUseConnection: row.connectionId !== null && sharing !== undefined && mayUse(person, sharing),
  couldManageBefore: couldManageBefore(person, row),
});

/** Whether somebody may have an export over a connection: one that they may edit then. */
export const mayExportOver = (person: Person, sharing: Sharing): boolean =>
  exportRights(person.role, {
    hasConnection: true,
    mayUseConnection: mayUse(person, sharing),
    couldManageBefore: false,
  }).includes('edit');

/** Why something is not done with an export. */
export type Refusal = { code: string; message: string };

const viewOnly = 'Viewers can look at exports, not change them. Ask an admin to make you a contributor.';

const contributorLacks = ({ hasConnection, couldManageBefore: could }: ExportAccess): string => {
  if (hasConnection) return 'Its connection is not shared with you. Ask an admin to share it.';
  return could
    ? 'It has no connection any more. Connect it to one that you may use first, or ask an admin.'
    : 'It has no connection, and only admins manage such exports. Ask one of them to connect it.';
};

/** Why somebody may not do something with an export, and whom to ask; undefined when they may. */
export const refusal = (deed: ExportDeed, role: Role, access: ExportAccess): Refusal | undefined => {
  if (exportRights(role, access).includes(deed)) return undefined;
  if (role === 'admin') return { code: 'noConnection', message: 'It has no connection.' };
  return { code: 'forbidden', message: role === 'viewer' ? viewOnly : contributorLacks(access) };
};

/** Throws forbidden, with the reason, when somebody may not do something with an export. */
export const requireDeed = (deed: ExportDeed, role: Role, access: ExportAccess): void => {
  const reason = refusal(deed, role, access);
  if (reason) throw new AppError('forbidden', reason.message);
};

/** Throws forbidden for a role that may not edit exports, whatever their connections: such as of somebody who lost another one since they signed in. */
export const requireEditor = (role: Role): void =>
  requireDeed('edit', role, { hasConnection: true, mayUseConnection: true, couldManageBefore: false });

/** What somebody gets who names a connection that is not there, or that they may not use: the two look the same. */
export const connectionGone = (): AppError => {
  const message =
    'There is no such connection any more, or it is not shared with you. Choose another one, or ask an admin to share it.';
  return new AppError('connectionGone', message, {
    errors: [{ field: 'connectionId', code: 'connectionGone', message }],
  });
};

/** What an export sends of an entity, as it is kept. */
export type StoredChoice = {
  entityId: string;
  connectionId: string;
  sourceName: string;
  name: string;
  columns: ColumnChoice;
  filter: EntityChoice['filter'];
};

/** Names with the same key are one name where files are kept, or look like one. */
const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

const columnErrors = (columns: ColumnChoice, entity: FoundEntity, field: string): FieldError[] => {
  if (columns === 'all') return [];
  const known = new Set(entity.columns.map(({ name }) => name));
  const sources = new Set<string>();
  const targets = new Set<string>();
  return columns.flatMap(({ name, as }, index): FieldError[] => {
    const [source, target] = [name, nameKey(as ?? name)];
    const here = `${field}.${index}`;
    const isTwice = sources.has(source);
    const isTaken = targets.has(target);
    sources.add(source);
    targets.add(target);
    if (!known.has(name)) {
      const message = `"${entity.name}" has no column "${name}". Load it again and choose among the columns that it has.`;
      return [{ field: `${here}.name`, code: 'unknownColumn', message }];
    }
    if (isTwice) {
      return [{ field: `${here}.name`, code: 'columnTwice', message: `The column "${name}" is chosen already.` }];
    }
    if (!isTaken) return [];
    const message = `Another column is called "${as ?? name}" in the files. Choose another name.`;
    return [{ field: `${here}.as`, code: 'nameTwice', message }];
  });
};

const choiceErrors = (choice: EntityChoice, entity: FoundEntity | undefined, field: string): FieldError[] => {
  if (entity === undefined) {
    const message = 'There is no such entity, or the connection that it is read from was removed. Take it out.';
    return [{ field: `${field}.entityId`, code: 'unknownEntity', message }];
  }
  if (entity.goneAt !== null) {
    const message = `"${entity.name}" is not in the metadata of "${entity.sourceName}" any more. Take it out.`;
    return [{ field: `${field}.entityId`, code: 'entityGone', message }];
  }
  return [
    ...columnErrors(choice.columns, entity, `${field}.columns`),
    ...(choice.filter === null ? [] : filterErrors(choice.filter, entity.columns, `${field}.filter`)),
  ];
};

const entityNameTaken = (name: string, field: string): FieldError => {
  const message = `Another entity called "${name}" is chosen already, and both would be written to the same folder. Put them into two exports.`;
  return { field: `${field}.entityId`, code: 'entityNameTaken', message };
};

/** Problems that one answer tells; who made more of them made the same one over and over. */
const toldProblems = 100;

/**
 * Reads what an export is to send. `found` are the entities that are there; `isUnchanged` tells what the export has already,
 * which may stay whatever became of its source.
 */
export const readChoices = (
  choices: readonly EntityChoice[],
  found: ReadonlyMap<string, FoundEntity>,
  stored: readonly StoredChoice[],
  isUnchanged: (choice: EntityChoice, stored: StoredChoice) => boolean,
): { entities: StoredChoice[]; problems: FieldError[] } => {
  const entities: StoredChoice[] = [];
  const problems: FieldError[] = [];
  const seen = new Set<string>();
  const presentOf = (choice: EntityChoice) => stored.find(({ entityId }) => entityId === choice.entityId);
  const keeps = (choice: EntityChoice, present: StoredChoice | undefined): present is StoredChoice =>
    present !== undefined && isUnchanged(choice, present);
  // Those that stay have their names first, wherever they stand.
  const names = new Set(
    choices.flatMap((choice) => {
      const present = presentOf(choice);
      return keeps(choice, present) ? [nameKey(present.name)] : [];
    }),
  );
  for (const [index, choice] of choices.entries()) {
    const field = `entities.${index}`;
    const entity = found.get(choice.entityId);
    const present = presentOf(choice);
    if (seen.has(choice.entityId)) {
      const message = `"${entity?.name ?? present?.name ?? 'This entity'}" is chosen already.`;
      problems.push({ field: `${field}.entityId`, code: 'entityTwice', message });
      continue;
    }
    seen.add(choice.entityId);
    const isKept = keeps(choice, present);
    const wrong = isKept ? [] : choiceErrors(choice, entity, field);
    if (!isKept && entity !== undefined) {
      if (names.has(nameKey(entity.name))) wrong.push(entityNameTaken(entity.name, field));
      names.add(nameKey(entity.name));
    }
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    const { entityId, columns, filter } = choice;
    if (entity) {
      const { connectionId, sourceName, name } = entity;
      entities.push({ entityId, connectionId, sourceName, name, columns, filter });
    } else if (present) entities.push(present);
  }
  return { entities, problems: problems.slice(0, toldProblems) };
};

/** As many characters as the contract gives a name. */
const longestName = 100;

/** What copy number `count` of an export is called; a name that gets too long loses its end, but no half of a character stays. */
export const copyName = (name: string, count: number): string => {
  const suffix = count === 1 ? ' (copy)' : ` (copy ${count})`;
  const kept = name.slice(0, longestName - suffix.length).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}${suffix}`;
};
