import { type Manifest, takesOf } from '@junction/connectors/manifests';
import type { Connector } from '@junction/connectors/runtime';
import type * as contract from '@junction/contracts';
import { type Actor, defaultPageSize, type Removal, removalNeedsNameAbove } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField, notFound } from '../../platform/app-error.ts';
import { newId } from '../../platform/ids.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion } from '../../platform/versions.ts';
import { byOf } from '../activity/index.ts';
import { checkStored } from './check-stored.ts';
import type { Loss, Lost } from './dependents.ts';
import { purge } from './purge-removed.ts';
import { measureUsage, readUsage } from './read-usage.ts';
import { lockForRemoval, markRemoved, removalTimeoutMs } from './removal-store.ts';
import { canTakeOver, checkFailed, restorableUntil } from './rules.ts';
import { findConnection, type StoredConnection } from './store.ts';
import { loggedValues, tellActivity } from './tell-activity.ts';

type Needs = Pick<
  House,
  'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env' | 'dependents' | 'profileData'
>;
type Input = Asked<typeof contract.deleteConnection>;

const cannotTake = (message: string): AppError => invalidField('moveTo', 'incompatible', message);

const manifestOf = (connectors: readonly Connector[], type: string) =>
  connectors.find(({ manifest }) => manifest.type === type)?.manifest;

const whyNotTaken = (name: string, to: Manifest | undefined): string => {
  if (to?.capabilities.includes('destination') !== true)
    return 'Exports cannot write to a connection of that type. Choose another one.';
  const [taken, sent] = takesOf(to) === 'rows' ? ['rows', 'files'] : ['files', 'rows'];
  return `"${name}" takes ${taken}, and these exports send ${sent}. Choose a connection that takes ${sent}, or edit each export to choose this one.`;
};

/** The connection that the exports shall move to, verified: it is there, can take them, and works. */
const findSuccessor = async (
  house: Needs,
  actor: Actor,
  row: StoredConnection,
  { query: { moveTo }, signal }: Input,
): Promise<StoredConnection | undefined> => {
  if (moveTo === undefined) return undefined;
  if (moveTo === row.id) throw cannotTake('Choose another connection than the one that is removed.');
  const successor = await findConnection(house.db, row.environmentId, moveTo);
  if (successor === null) throw cannotTake('There is no such connection any more. Choose another one.');
  const [from, to] = [row, successor].map(({ type }) => manifestOf(house.connectors, type));
  if (!canTakeOver(from, to)) throw cannotTake(whyNotTaken(successor.name, to));
  const result = await checkStored(house, successor, { personId: actor.id, signal });
  if (result.outcome !== 'passed') throw checkFailed(result);
  return successor;
};

/** What somebody gets whose confirmation was about another set of exports, or of people who lose a report: the present one. */
const usageChanged = async (house: Needs, { params }: Input): Promise<AppError> => {
  // Following pages come from the usage itself; the answer to a removal has none.
  const { nextLink: _, ...usage } = await readUsage(house, params, { maxpagesize: defaultPageSize }, () => '');
  const what =
    usage.profiles === null ? 'Exports were' : 'People were given or lost access to the profile data, or exports were';
  return new AppError(
    'usageChanged',
    `${what} added, removed or connected elsewhere since the list was loaded. Look at it again, then confirm.`,
    { usage },
  );
};

const requireName = (name: string, dependents: number, confirmName: string | undefined): void => {
  if (dependents <= removalNeedsNameAbove || confirmName === name) return;
  const message = `${dependents} exports depend on this connection. Type its name, ${name}, to remove it.`;
  throw invalidField('confirmName', confirmName === undefined ? 'required' : 'mismatch', message);
};

const nothing: Lost = { ids: [], canceledRuns: 0 };

/** Ends the transaction whose confirmation is out of date; nothing of it stays. */
class UsageChanged extends Error {}

/**
 * Removes a connection in one transaction with everything that follows from it: its exports lose it and remember it, or move
 * to another connection; what reads from it becomes inactive; runs of all of them are canceled, and so is its import of profiles. What was
 * confirmed is what happens: another set of dependents than the one that `usage` names is refused, and nothing is done.
 */
export const removeConnection = async (house: Needs, actor: Actor, input: Input): Promise<Removal> => {
  const { db, clock, env, dependents, profileData } = house;
  const { params, query, expectedVersion, from } = input;
  const row = await findConnection(db, params.environmentId, params.connectionId);
  if (row === null) throw notFound('connection');
  requireVersion(expectedVersion, row.version);
  const successor = await findSuccessor(house, actor, row, input);
  const by = byOf(actor);

  const work = retrying(
    db,
    async (tx): Promise<Removal> => {
      const at = clock.now();
      const [locked, taker] = await lockForRemoval(tx, params.environmentId, row.id, successor?.id);
      if (!locked) throw notFound('connection');
      requireVersion(expectedVersion, locked.version);
      if (successor && !taker) throw cannotTake('There is no such connection any more. Choose another one.');
      if (successor?.version !== taker?.version)
        throw cannotTake('It was changed meanwhile. Look at it, then try again.');
      await dependents.hold(tx, row.id);
      const { counts, etag } = await measureUsage(house, tx, row.id);
      if (etag !== query.usage) throw new UsageChanged();
      requireName(locked.name, counts.writes + counts.reads, query.confirmName);

      const whom = { by, at, from: from.address };
      const loss: Loss = { connection: { ...row, name: locked.name }, removalId: newId(), ...whom };
      const moved = taker ? await dependents.move(tx, loss, taker.id) : nothing;
      const lost = taker ? nothing : await dependents.lose(tx, loss);
      await markRemoved(tx, loss);
      const readers = await dependents.recountSources(tx, row.id, whom);
      const canceledImports = await profileData.end(tx, row.id, whom);
      const [inactivated, relocated] = [new Set(lost.ids), new Set(moved.ids)];
      const withoutSource = readers.ids.filter((id) => !inactivated.has(id));
      const until = restorableUntil(at, env.JUNCTION_UNDO_DAYS);
      await tellActivity(tx, 'connection.deleted', { actor, address: from.address }, loss.connection, {
        before: {
          ...loggedValues({ ...row, name: locked.name }),
          type: row.type,
          secretsSet: row.secrets.map(({ field }) => field),
        },
        after: {
          inactivated: lost.ids.length,
          moved: moved.ids.length,
          withoutSource: withoutSource.length,
          ...(taker && { movedTo: taker.name }),
          exportIds: [...lost.ids, ...moved.ids, ...withoutSource.filter((id) => !relocated.has(id))],
          restorableUntil: until?.toISOString() ?? null,
        },
      });
      if (until === null) await purge(tx, [{ ...loss.connection }], { by, address: from.address });
      return {
        connectionId: row.id,
        inactivated: lost.ids.length,
        moved: moved.ids.length,
        withoutSource: withoutSource.length,
        canceledRuns: lost.canceledRuns + moved.canceledRuns + readers.canceledRuns + canceledImports,
        restorableUntil: until?.toISOString() ?? null,
      };
    },
    { timeout: removalTimeoutMs },
  );
  return work.catch(async (error: unknown) => {
    throw error instanceof UsageChanged ? await usageChanged(house, input) : error;
  });
};
