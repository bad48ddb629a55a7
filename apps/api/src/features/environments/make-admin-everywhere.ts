import type { Tx } from '../../platform/db.ts';
import { recordActivities } from '../activity/index.ts';
import { addEnvironment } from './add-environment.ts';

/** What an environment is called that is made because there was none; its admin can rename it. */
const firstEnvironmentName = 'Environment';

type Rescue = {
  person: { id: string; name: string; email: string };
  now: Date;
  from: string | null;
  /** What it was done with, for the activity log. */
  means: string;
};

/**
 * Makes somebody an admin of every environment by hand, whatever their groups say, or of a new one when there is none; inside the caller's
 * transaction. Nobody changes roles anywhere meanwhile.
 */
export const makeAdminEverywhere = async (tx: Tx, { person, now, from, means }: Rescue): Promise<void> => {
  const environments = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Environment" ORDER BY "id" FOR NO KEY UPDATE`;
  if (environments.length === 0) {
    await addEnvironment(tx, { name: firstEnvironmentName, type: 'production', owner: person, now, from });
    return;
  }
  const before = await tx.member.findMany({ where: { personId: person.id } });
  const roleIn = new Map(before.map(({ environmentId, role }) => [environmentId, role]));
  await tx.member.updateMany({
    where: { personId: person.id, OR: [{ role: { not: 'admin' } }, { roleFrom: { not: 'hand' } }] },
    data: { role: 'admin', roleFrom: 'hand', groupName: null, version: { increment: 1 } },
  });
  await tx.member.createMany({
    data: environments.map(({ id }) => ({ environmentId: id, personId: person.id, role: 'admin', addedAt: now })),
    skipDuplicates: true,
  });
  await recordActivities(
    tx,
    environments.map(({ id }) => {
      const role = roleIn.get(id);
      return {
        kind: role === undefined ? ('member.created' as const) : ('member.updated' as const),
        environmentId: id,
        by: person,
        from,
        subject: { type: 'member', id: person.id, name: person.name },
        ...(role === undefined ? {} : { before: { role } }),
        after: { email: person.email, role: 'admin', with: means },
      };
    }),
  );
};
