import type { Tx } from '../../platform/db.ts';

/** One person, whom nobody else can change or add to an environment until the transaction ends. Throws when there is none. */
export const lockPerson = async (tx: Tx, personId: string) => {
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
  return tx.person.findUniqueOrThrow({ where: { id: personId } });
};
