import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivities } from '../activity/index.ts';
import { readNamedPeople } from './sharing.ts';
import { lockSharings, shareAll } from './store.ts';

/** Shares several connections the same way: all of them or, when one is not there, none. Returns how many were shared otherwise before. */
export const shareConnections = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params: { environmentId }, body, from }: Asked<typeof contract.shareConnections>,
): Promise<{ changed: number }> =>
  retrying(db, async (tx) => {
    const rows = await lockSharings(tx, environmentId, body.connectionIds);
    if (rows.length < body.connectionIds.length) {
      const message = 'Some of these connections are not there any more. Load the list again.';
      throw invalidField('connectionIds', 'notFound', message);
    }
    // Who is no contributor any more stays where they are named, and gets nowhere else.
    const [first, ...others] = rows.map(({ people }) => people);
    const already = (first ?? []).filter(({ id }) => others.every((people) => people.some((one) => one.id === id)));
    const people = await readNamedPeople(tx, environmentId, body.sharing, already);
    const after = { sharedWith: body.sharing.sharedWith, people: people.map(({ name }) => name) };
    const wanted = people.map(({ id }) => id).join();
    const changed = rows.filter(
      (row) => row.sharedWith !== after.sharedWith || row.people.map(({ id }) => id).join() !== wanted,
    );
    const sharing = { sharedWith: after.sharedWith, personIds: people.map(({ id }) => id) };
    await shareAll(
      tx,
      environmentId,
      changed.map(({ id }) => id),
      sharing,
      clock.now(),
    );
    await recordActivities(
      tx,
      changed.map((row) => ({
        kind: 'connection.updated' as const,
        environmentId,
        by: actor,
        from: from.address,
        subject: { type: 'connection', id: row.id, name: row.name },
        before: { sharedWith: row.sharedWith, sharedWithPeople: row.people.map(({ name }) => name) },
        after: { sharedWith: after.sharedWith, sharedWithPeople: after.people },
      })),
    );
    return { changed: changed.length };
  });
