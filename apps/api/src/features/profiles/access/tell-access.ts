import type { ActivityKind } from '@junction/contracts';
import type { Tx } from '../../../platform/db.ts';
import { type By, recordActivities } from '../../activity/index.ts';
import { recordNotices } from '../../notices/index.ts';

type Person = { id: string; name: string };
type Subject = { id: string; environmentId: string; name: string };
type Who = { by: NonNullable<By>; from: string };

/** Adds a row for each person who was given or lost access to the activity log: what the connection is, who did it, and whom it is about. */
export const tellAccess = (
  tx: Tx,
  kind: Extract<ActivityKind, `profile-access.${string}`>,
  { by, from }: Who,
  { id, environmentId, name }: Subject,
  people: readonly Person[],
): Promise<void> =>
  recordActivities(
    tx,
    people.map((person) => ({
      kind,
      environmentId,
      by,
      from,
      subject: { type: 'connection', id, name },
      [kind === 'profile-access.granted' ? 'after' : 'before']: { personId: person.id, person: person.name },
    })),
  );

/** Tells everybody else who has a grant on the connection, and nobody but them, that somebody gave access to themself. */
export const tellSelfGrant = async (tx: Tx, connection: Subject, self: Person, at: Date): Promise<void> => {
  const others = await tx.profileGrant.findMany({
    where: { connectionId: connection.id, personId: { not: self.id } },
    select: { personId: true },
  });
  const words = {
    message: `${self.name} took access to the profile data of "${connection.name}".`,
    remedy: 'If that should not be, ask an admin to take the access away.',
  };
  await recordNotices(tx, [
    {
      kind: 'profiles.self-granted',
      environmentId: connection.environmentId,
      at,
      subject: { type: 'connection', id: connection.id, name: connection.name },
      runId: null,
      words,
      toldWords: words,
      onlyFor: others.map(({ personId }) => personId),
    },
  ]);
};
