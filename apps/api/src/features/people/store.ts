import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { nameFromEmail } from './name-from-email.ts';

/** One person, whom nobody else can change or add to an environment until the transaction ends. Throws when there is none. */
export const lockPerson = async (tx: Tx, personId: string) => {
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
  return tx.person.findUniqueOrThrow({ where: { id: personId } });
};

/** Whom one of the two names, held like that, and whether an identity provider knows them; null when there is nobody. */
export const lockPersonWithIdentity = async (tx: Tx, where: { id: string } | { email: string }) => {
  const found = await tx.person.findUnique({ where, select: { id: true } });
  if (found === null) return null;
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE "id" = ${found.id}::uuid FOR UPDATE`;
  const { identity, ...person } = await tx.person.findUniqueOrThrow({
    where: { id: found.id },
    include: { identity: { select: { id: true } } },
  });
  return { ...person, hasIdentity: identity !== null };
};

type NewPerson = { email: string; name: string | undefined; isEmailProven: boolean; now: Date };

/** Adds somebody without a password; null when the address is taken. */
export const addPerson = async (tx: Tx, { email, name = nameFromEmail(email), isEmailProven, now }: NewPerson) => {
  const person = { id: newId(), email, name };
  const row = { ...person, isEmailProven, createdAt: now };
  const { count } = await tx.person.createMany({ data: [row], skipDuplicates: true });
  return count === 1 ? person : null;
};

/** Keeps that somebody's address is theirs after all, if it is this one. */
export const keepEmailProven = async (tx: Tx, personId: string, email: string): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId, email, isEmailProven: false }, data: { isEmailProven: true } });
};

/** Ends the sessions that an identity provider began for somebody. */
export const endProviderSessions = async (tx: Tx, personId: string): Promise<void> => {
  await tx.session.deleteMany({ where: { personId, startedBy: 'provider' } });
};
