import type * as contract from '@junction/contracts';
import type { Actor, ApiToken, IssuedApiToken } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked, From } from '../../../http/asked.ts';
import type { Tx } from '../../../platform/db.ts';
import { issueToken } from '../issue-token.ts';
import { revokeToken } from '../revoke-token.ts';
import { findTokens } from '../store.ts';
import type { About } from '../tell-tokens.ts';
import { toApiToken } from '../views.ts';
import { holdAccount, readAccount } from './read-account.ts';
import { requireYours } from './rules.ts';
import { findPlaces, type ServiceAccountRow } from './store.ts';

type Needs = Pick<House, 'db' | 'clock'>;

const aboutIt = async (tx: Tx, actor: Actor, { id, name }: ServiceAccountRow, from: From): Promise<About> => ({
  actor,
  address: from.address,
  environmentIds: await findPlaces(tx, id),
  serviceAccount: { id, name },
});

/** The tokens of a service account, newest first. Every admin of one of its environments sees them, to revoke what should not be. */
export const listServiceAccountTokens = async (
  { db, clock }: Needs,
  actor: Actor,
  { params }: Asked<typeof contract.listServiceAccountTokens>,
): Promise<{ value: ApiToken[] }> => {
  const now = clock.now();
  const { id } = await readAccount(db, actor, params, now);
  return { value: (await findTokens(db, id)).map((row) => toApiToken(row, now)) };
};

/** Makes a token that acts for a service account; only who administers all of its environments may. */
export const createServiceAccountToken = (
  { db, clock }: Needs,
  actor: Actor,
  { params, body, from }: Asked<typeof contract.createServiceAccountToken>,
): Promise<IssuedApiToken> =>
  db.$transaction(async (tx) => {
    const now = clock.now();
    const account = await holdAccount(tx, actor, params, now);
    requireYours(account);
    const about = await aboutIt(tx, actor, account, from);
    return issueToken(tx, { ownerId: account.id, body, actor, about, now });
  });

/** Ends a token of a service account. To revoke is always safe, so each admin of one of its environments may. */
export const deleteServiceAccountToken = (
  { db, clock }: Needs,
  actor: Actor,
  { params, from }: Asked<typeof contract.deleteServiceAccountToken>,
): Promise<void> =>
  db.$transaction(async (tx) => {
    const account = await holdAccount(tx, actor, params, clock.now());
    await revokeToken(tx, account.id, params.tokenId, await aboutIt(tx, actor, account, from));
  });
