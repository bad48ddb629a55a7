import type * as contract from '@junction/contracts';
import type { Actor, IssuedLink, OneTimeLinkView } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { hasLocalAccounts, requireLocalAccounts } from './local-accounts.ts';

/** Long enough to pass a link on by mail over a weekend. */
export const linkHours = 72;
/** A break-glass link is used by whoever has just made it. */
export const breakGlassHours = 1;

const linkUsed = () =>
  new AppError('linkUsed', 'This link was used already or is too old. Ask an admin for a new one.');

type Purpose = OneTimeLinkView['purpose'];

/** Whether a link sets a password, and does not only sign in. */
export const setsPassword = (house: Pick<House, 'env'>, purpose: Purpose): boolean =>
  purpose !== 'breakGlass' && hasLocalAccounts(house);

/** Throws localAccountsOff for a link that is good for nothing but a password, where there are none. */
const requireUseful = (house: Pick<House, 'env' | 'identityProviders'>, purpose: Purpose): void => {
  if (purpose === 'newMember' || purpose === 'passwordReset') requireLocalAccounts(house);
};

/**
 * Makes a one-time link; earlier links of the same person stop working. The token stands in the fragment of the URL, which
 * browsers do not send, so that no log on the way can hold it.
 */
export const issueLink = async (
  tx: Tx,
  { publicUrl, clock }: Pick<House, 'publicUrl' | 'clock'>,
  purpose: Purpose,
  personId: string | null,
): Promise<IssuedLink> => {
  const token = newToken();
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + (purpose === 'breakGlass' ? breakGlassHours : linkHours) * 3_600_000);
  await tx.oneTimeLink.deleteMany({ where: { personId } });
  await tx.oneTimeLink.create({
    data: { id: newId(), tokenHash: hashToken(token), purpose, personId, createdAt: now, expiresAt },
  });
  return { url: new URL(`/welcome#${token}`, publicUrl).href, expiresAt: expiresAt.toISOString() };
};

/** Makes links that would set a new password of somebody stop working. */
export const dropResetLinks = async (tx: Tx, personId: string): Promise<void> => {
  await tx.oneTimeLink.deleteMany({ where: { personId, purpose: 'passwordReset' } });
};

/** Makes links that would set any password of somebody stop working, a first one too. */
export const dropPasswordLinks = async (tx: Tx, personId: string): Promise<void> => {
  await tx.oneTimeLink.deleteMany({ where: { personId, purpose: { in: ['newMember', 'passwordReset'] } } });
};

export type LinkNeeds = Pick<House, 'db' | 'env' | 'clock' | 'linkLimits' | 'identityProviders'>;

/** The link that a token opens, while it is unused, in time and its person is there; the same refusal for every other token. */
export const findLink = async (house: LinkNeeds, token: string, address: string) => {
  const { db, clock, linkLimits } = house;
  await linkLimits.attempt(address);
  const link = await db.oneTimeLink.findUnique({
    where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: clock.now() } },
    include: { person: true },
  });
  if (link === null) throw linkUsed();
  await linkLimits.succeeded(address);
  const purpose = link.purpose as Purpose;
  requireUseful(house, purpose);
  return { ...link, purpose };
};

/** Uses a link up; of several that try at once one succeeds. */
export const useLink = async (tx: Tx, linkId: string, now: Date): Promise<void> => {
  const { count } = await tx.oneTimeLink.updateMany({
    where: { id: linkId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 0) throw linkUsed();
};

/** What a link is for, so that the page can ask for the right things. */
export const inspectOneTimeLink = async (
  house: LinkNeeds,
  _actor: Actor | null,
  { body, from }: Asked<typeof contract.inspectOneTimeLink>,
): Promise<OneTimeLinkView> => {
  const { purpose, person, expiresAt } = await findLink(house, body.token, from.address);
  return {
    purpose,
    setsPassword: setsPassword(house, purpose),
    email: person?.email ?? null,
    name: person?.name ?? null,
    expiresAt: expiresAt.toISOString(),
  };
};

/** The link that creates the first admin, while there is nobody; undefined afterwards. */
export const issueFirstAdminLink = (house: Pick<House, 'db' | 'publicUrl' | 'clock'>): Promise<string | undefined> =>
  house.db.$transaction(async (tx) => {
    if ((await tx.person.findFirst({ select: { id: true } })) !== null) return undefined;
    return (await issueLink(tx, house, 'firstAdmin', null)).url;
  });
