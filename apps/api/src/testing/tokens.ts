import { type Action, type AnyEndpoint, type Role, tokenActions, tokenPrefix } from '@junction/contracts';
import { serviceAddressOf } from '../features/people/index.ts';
import { newId } from '../platform/ids.ts';
import { hashToken, newToken } from '../platform/tokens.ts';
import { createClient, type TestClient } from './client.ts';
import type { TestHouse } from './house.ts';

/** A client that shows this token with each request, and whatever cookie it is given besides. */
export const showing = (house: Pick<TestHouse, 'baseUrl'>, token: string, cookie?: string): TestClient => {
  const client = createClient(house, cookie);
  return Object.assign(
    <E extends AnyEndpoint>(endpoint: E, extra: Parameters<typeof client<E>>[1] = {}) =>
      client(endpoint, { ...extra, headers: { authorization: `Bearer ${token}`, ...extra.headers } }),
    { cookie },
  );
};

type Over = { scope?: readonly Action[]; expiresInHours?: number; name?: string };
type Made = { id: string; token: string };

const rowOf = (house: TestHouse, ownerId: string, { id, token }: Made, over: Over) => {
  const { scope = tokenActions, expiresInHours = 24, name = 'Nightly job' } = over;
  const now = house.clock.now();
  return {
    id,
    tokenHash: hashToken(token),
    hint: token.slice(tokenPrefix.length, tokenPrefix.length + 6),
    name,
    ownerId,
    scope: [...scope],
    createdById: ownerId,
    createdByName: 'Somebody',
    createdAt: now,
    expiresAt: new Date(now.getTime() + expiresInHours * 3_600_000),
  };
};

/** Tokens that act for somebody, each by default for everything that a token can do and for a day. */
export const makeTokens = async (house: TestHouse, ownerId: string, overs: readonly Over[]): Promise<Made[]> => {
  const made = overs.map((over) => ({ id: newId(), token: `${tokenPrefix}${newToken()}`, over }));
  await house.db.apiToken.createMany({ data: made.map(({ over, ...one }) => rowOf(house, ownerId, one, over)) });
  return made.map(({ id, token }) => ({ id, token }));
};

/** One token. */
export const makeToken = async (house: TestHouse, ownerId: string, over: Over = {}): Promise<Made> => {
  const [made] = await makeTokens(house, ownerId, [over]);
  if (made === undefined) throw new Error('No token was made.');
  return made;
};

/** A client that shows a new token of somebody. */
export const byToken = async (house: TestHouse, ownerId: string, over?: Over): Promise<TestClient> =>
  showing(house, (await makeToken(house, ownerId, over)).token);

/** A service account with these roles. */
export const makeServiceAccount = async (
  house: TestHouse,
  places: Readonly<Record<string, Role>>,
  name = 'Nightly exports',
) => {
  const id = newId();
  return house.db.person.create({
    data: {
      id,
      kind: 'service',
      name,
      email: serviceAddressOf(id),
      memberships: { create: Object.entries(places).map(([environmentId, role]) => ({ environmentId, role })) },
    },
  });
};
