import type * as contract from '@junction/contracts';
import type { Actor, Export } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import { invalidInput } from '../../platform/field-errors.ts';
import { newId } from '../../platform/ids.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivity } from '../activity/index.ts';
import { requireUsable } from './choose-connection.ts';
import { findChosen, stillThere } from './choose-entities.ts';
import { orTellDenied } from './denied.ts';
import { getExport } from './get-export.ts';
import { holdConnections, holdRole } from './hold.ts';
import { orNameTaken } from './names.ts';
import { planErrors } from './plan-errors.ts';
import { type Person, readChoices, refusal, requireEditor } from './rules.ts';
import { insertExport } from './store.ts';
import { happening, loggedValues } from './tell-activity.ts';

/** Throws forbidden for who may not manage an export without a connection: the new one would be out of their hands at once. */
const requireConnection = ({ role }: Person): void => {
  const access = { hasConnection: false, mayUseConnection: false, couldManageBefore: false };
  if (refusal('edit', role, access) === undefined) return;
  const message = 'Only admins define exports without a connection. Choose one that you may use, or ask an admin.';
  throw new AppError('forbidden', message, { errors: [{ field: 'connectionId', code: 'required', message }] });
};

/**
 * Defines an export over a connection that its maker may use. Their role, that connection and the sources are held while it is
 * written, so that no removal, change of sharing or loss of the role slips in between.
 */
export const createExport = async (
  house: Pick<House, 'db' | 'clock' | 'connectors' | 'profileData'>,
  actor: Actor,
  { params: { environmentId }, body, from }: Asked<typeof contract.createExport>,
): Promise<Export> => {
  const { db, clock, connectors } = house;
  const { connectionId, entities: choices } = body;
  const subject = { id: newId(), environmentId, name: body.name };
  const who = { actor, address: from.address };
  const write = retrying(db, async (tx) => {
    const person = await holdRole(tx, environmentId, actor);
    requireEditor(person.role);
    if (connectionId === null) requireConnection(person);
    const { found, sourceIds } = await findChosen(tx, environmentId, choices);
    const ids = connectionId === null ? sourceIds : [connectionId, ...sourceIds];
    const held = await holdConnections(tx, environmentId, ids);
    const { entities, problems } = readChoices(choices, stillThere(found, held), [], () => false);
    const wrong = [...planErrors(body.schedule, 'schedule'), ...problems];
    if (wrong.length > 0) throw invalidInput(wrong);
    const connection = connectionId === null ? null : requireUsable(connectors, person, held.get(connectionId));
    const definition = { ...body, entities };
    await insertExport(tx, { ...definition, ...subject, by: actor, now: clock.now() });
    const after = loggedValues(definition, connection?.name ?? null);
    await recordActivity(tx, happening('export.created', who, subject, { after }));
  });
  await orTellDenied(house, who, subject, orNameTaken(write));
  return getExport(house, actor, { params: { environmentId, exportId: subject.id } });
};
