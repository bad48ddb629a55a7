import type { IssuedLink, OneTimeLinkView } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

/** Long enough to pass a link on by mail over a weekend. */
export const linkHours = 72;

type Purpose = OneTimeLinkView['purpose'];

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
  const expiresAt = new Date(now.getTime() + linkHours * 3_600_000);
  await tx.oneTimeLink.deleteMany({ where: { personId } });
  await tx.oneTimeLink.create({
    data: { id: newId(), tokenHash: hashToken(token), purpose, personId, createdAt: now, expiresAt },
  });
  return { url: new URL(`/welcome#${token}`, publicUrl).href, expiresAt: expiresAt.toISOString() };
};

/** The link that creates the first admin, while there is nobody; undefined afterwards. */
export const issueFirstAdminLink = (house: Pick<House, 'db' | 'publicUrl' | 'clock'>): Promise<string | undefined> =>
  house.db.$transaction(async (tx) => {
    if ((await tx.person.findFirst({ select: { id: true } })) !== null) return undefined;
    return (await issueLink(tx, house, 'firstAdmin', null)).url;
  });
