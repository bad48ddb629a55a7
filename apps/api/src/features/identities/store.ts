import type { Db, Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken } from '../../platform/tokens.ts';

type Attempt = { providerId: string; personId: string | null; returnTo: string | null };

/** Keeps an attempt to sign in; of its token only the hash. */
export const insertAttempt = async (
  db: Db,
  token: string,
  { createdAt, expiresAt, ...attempt }: Attempt & { createdAt: Date; expiresAt: Date },
): Promise<void> => {
  await db.signInAttempt.create({
    data: { id: newId(), tokenHash: hashToken(token), ...attempt, createdAt, expiresAt },
  });
};

/** An attempt that was not used and is in time; null otherwise. */
export const findAttempt = (db: Db, token: string, now: Date): Promise<(Attempt & { id: string }) | null> =>
  db.signInAttempt.findUnique({ where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: now } } });

/** Uses an attempt up; false when it was used meanwhile: of several that try at once one succeeds. */
export const useAttempt = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const { count } = await db.signInAttempt.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
  return count === 1;
};

/** What is kept of an identity when a provider has just stood for it. */
export type IdentityValues = {
  email: string;
  groups: string[];
  refreshToken: Uint8Array<ArrayBuffer> | null;
  confirmedAt: Date;
  recheckAt: Date | null;
};

export const findIdentity = (tx: Tx, { issuer, subject }: { issuer: string; subject: string }) =>
  tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } } });

type NewIdentity = IdentityValues & {
  id: string;
  providerId: string;
  issuer: string;
  subject: string;
  personId: string;
  createdAt: Date;
};

export const insertIdentity = async (tx: Tx, row: NewIdentity): Promise<void> => {
  await tx.identity.create({ data: row, select: { id: true } });
};

/** The provider stands for somebody again, whatever was before. */
export const confirmIdentity = async (tx: Tx, id: string, values: IdentityValues): Promise<void> => {
  await tx.identity.update({ where: { id }, data: { ...values, lostAt: null }, select: { id: true } });
};

/** An identity whose provider is about to be asked again, with what that takes. */
export type ClaimedIdentity = {
  id: string;
  issuer: string;
  subject: string;
  personId: string;
  email: string;
  groups: string[];
  refreshToken: Uint8Array<ArrayBuffer>;
  /** Who still finds this in the row has the claim. */
  claimedUntil: Date;
};

/** Claims an identity that is to be asked about; undefined when somebody else has, or there is no need. */
export const claimIdentity = async (
  db: Db,
  id: string,
  now: Date,
  claimedUntil: Date,
): Promise<ClaimedIdentity | undefined> => {
  const [row] = await db.$queryRaw<Omit<ClaimedIdentity, 'claimedUntil'>[]>`
    UPDATE "Identity" SET "recheckAt" = ${claimedUntil}
     WHERE "id" = ${id}::uuid AND "recheckAt" <= ${now} AND "refreshToken" IS NOT NULL
    RETURNING "id"::text AS "id", "issuer", "subject", "personId"::text AS "personId", "email", "groups", "refreshToken"`;
  return row && { ...row, claimedUntil };
};

type Claim = Pick<ClaimedIdentity, 'id' | 'claimedUntil'>;

const claimed = ({ id, claimedUntil }: Claim) => ({ id, recheckAt: claimedUntil });

/** Keeps what the provider said; false when the claim was lost, as to somebody who has signed in meanwhile. */
export const keepConfirmed = async (tx: Tx, claim: Claim, values: IdentityValues): Promise<boolean> => {
  const { count } = await tx.identity.updateMany({ where: claimed(claim), data: values });
  return count === 1;
};

/** Keeps that the provider no longer stands for somebody. */
export const keepLost = async (tx: Tx, claim: Claim, now: Date): Promise<boolean> => {
  const data = { lostAt: now, recheckAt: null, refreshToken: null };
  const { count } = await tx.identity.updateMany({ where: claimed(claim), data });
  return count === 1;
};

/** Keeps when to ask again what was not answered. */
export const keepUnanswered = async (db: Db, claim: Claim, askAgainAt: Date): Promise<void> => {
  await db.identity.updateMany({ where: claimed(claim), data: { recheckAt: askAgainAt } });
};

/** What decides whether somebody with this identity may act; null when there is none any more. */
export const findFacts = (db: Db, id: string) =>
  db.identity.findUnique({
    where: { id },
    select: { id: true, issuer: true, confirmedAt: true, recheckAt: true, lostAt: true },
  });
