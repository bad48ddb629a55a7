import { isDeepStrictEqual } from 'node:util';
import type * as contract from '@junction/contracts';
import { type Actor, type Export, exportRights, type UpdateExport } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidInput } from '../../platform/field-errors.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion, stale } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { cancelTheirs } from './cancel-theirs.ts';
import { requireUsable } from './choose-connection.ts';
import { findChosen, stillThere } from './choose-entities.ts';
import { orTellDenied } from './denied.ts';
import { getExport } from './get-export.ts';
import { type HeldConnections, type HeldExport, holdExports, holdRole } from './hold.ts';
import { orNameTaken } from './names.ts';
import { planErrors } from './plan-errors.ts';
import { type Person, readChoices, requireDeed } from './rules.ts';
import { changeExport, type Definition, findChoices } from './store.ts';
import { happening, loggedChange, loggedValues } from './tell-activity.ts';
import { toOptions } from './views.ts';

type Found = Awaited<ReturnType<typeof findChosen>>['found'];

/** Throws forbidden unless this person may make this change. Who may only connect the export may change more of it in the same step: it is theirs then. */
const requireRight = ({ role }: Person, { access }: HeldExport, body: UpdateExport): void => {
  const isConnecting = body.connectionId !== undefined && !exportRights(role, access).includes('edit');
  requireDeed(isConnecting ? 'connect' : 'edit', role, access);
};

/** What the parts that a change can name are before and after it. Throws invalidInput for entities and plans that cannot be. */
const readChange = async (
  tx: Tx,
  row: HeldExport,
  body: UpdateExport,
  { found, connections }: { found: Found; connections: HeldConnections },
): Promise<{ before: Definition; after: Definition }> => {
  const before: Definition = {
    name: row.name,
    connectionId: row.connectionId,
    ...toOptions(row),
    entities: await findChoices(tx, row.id),
  };
  const { entities: choices, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const read = choices && readChoices(choices, stillThere(found, connections), before.entities, isSameChoice);
  const wrong = [...planErrors(body.schedule, 'schedule'), ...(read?.problems ?? [])];
  if (wrong.length > 0) throw invalidInput(wrong);
  const isSame = isDeepStrictEqual(read?.entities.map(essence), before.entities.map(essence));
  return { before, after: { ...before, ...given, entities: read && !isSame ? read.entities : before.entities } };
};

type Choice = Pick<Definition['entities'][number], 'entityId' | 'columns' | 'filter'>;
const essence = ({ entityId, columns, filter }: Choice): Choice => ({ entityId, columns, filter });
const isSameChoice = (one: Choice, other: Choice): boolean => isDeepStrictEqual(essence(one), essence(other));

/** What the activity log calls a change. */
const kindOf = (before: Definition, after: Definition) => {
  if (before.connectionId !== after.connectionId) return 'export.connected';
  const isScheduleAlone = isDeepStrictEqual({ ...before, schedule: null }, { ...after, schedule: null });
  return isScheduleAlone ? 'export.scheduled' : 'export.updated';
};

/**
 * Changes an export, and connects it where a connection is given. Rights and what they rest on are read and held in the
 * transaction that writes. A patch that changes nothing does nothing.
 */
export const updateExport = async (
  house: Pick<House, 'db' | 'clock' | 'connectors' | 'profileData' | 'runFollower'>,
  actor: Actor,
  { params, body, expectedVersion, from }: Asked<typeof contract.updateExport>,
): Promise<Export> => {
  const { db, clock, connectors } = house;
  const { environmentId, exportId } = params;
  const who = { actor, address: from.address };
  const write = retrying(db, async (tx) => {
    const person = await holdRole(tx, environmentId, actor);
    const { found, sourceIds } = await findChosen(tx, environmentId, body.entities ?? []);
    const more = body.connectionId === undefined ? sourceIds : [body.connectionId, ...sourceIds];
    const { exports, connections } = await holdExports(tx, person, environmentId, [exportId], { more });
    const row = exports.get(exportId);
    if (row === undefined) throw notFound('export');
    if (row.hasMoved) throw stale();
    requireRight(person, row, body);
    requireVersion(expectedVersion, row.version);
    const { before, after } = await readChange(tx, row, body, { found, connections });
    const isConnected = before.connectionId !== after.connectionId;
    if (isConnected) requireUsable(connectors, person, connections.get(after.connectionId ?? ''));

    const isResumed = body.schedule !== undefined && row.autoPausedAt !== null;
    if (isDeepStrictEqual(before, after) && !isResumed) return;
    const areEntitiesChanged = before.entities !== after.entities;
    const isScheduled = isResumed || !isDeepStrictEqual(before.schedule, after.schedule);
    const now = clock.now();
    const change = { ...after, areEntitiesChanged, isConnected, isScheduled, now };
    if (!(await changeExport(tx, row, change))) throw stale();
    if (isConnected) await cancelTheirs(house, tx, [row], { because: 'connectionChanged', who, at: now });
    const valuesOf = (definition: Definition, autoPaused: boolean) => ({
      ...loggedValues(definition, connections.get(definition.connectionId ?? '')?.name ?? null),
      autoPaused,
    });
    const values = loggedChange(valuesOf(before, isResumed), valuesOf(after, false));
    await recordActivity(tx, happening(kindOf(before, after), who, { ...row, name: after.name }, values));
  });
  await orTellDenied(house, who, { id: exportId, environmentId }, orNameTaken(write));
  return getExport(house, actor, { params });
};
