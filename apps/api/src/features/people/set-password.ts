import type { Db, Tx } from '../../platform/db.ts';
import { hashPassword } from '../../platform/passwords.ts';

/** Gives a person a new password. */
export const setPassword = async (db: Db | Tx, personId: string, password: string): Promise<void> => {
  const passwordHash = await hashPassword(password);
  await db.person.update({
    where: { id: personId },
    data: { passwordHash, version: { increment: 1 } },
    select: { id: true },
  });
};
