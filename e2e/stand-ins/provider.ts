import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type StandInPerson, startStandInProvider } from '@junction/identity-providers/testing';
import type { ControlRequest } from './provider-control.ts';

const name = 'Contoso ID';
const clientId = 'junction';

/** So short that a flow sees within seconds what has changed at the provider. */
const recheckSeconds = 2;

const bodyOf = async (request: IncomingMessage): Promise<ControlRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString());
};

/**
 * An identity provider for the product, and a door through which flows change who is there (see provider-control.ts). `variables` are those that
 * the product is started with, `line` is what the tests learn the door from.
 */
export const startProvider = async (): Promise<{ variables: Record<string, string>; line: string }> => {
  const clientSecret = randomBytes(24).toString('base64url');
  const provider = await startStandInProvider({ name, people: [], clients: [] });

  /** Which port the product gets is known only when it has started. */
  const register = (publicUrl: string) =>
    provider.setClient({
      clientId,
      clientSecret,
      redirectUris: [`${publicUrl}/sign-in/callback`],
      postLogoutRedirectUris: [`${publicUrl}/sign-in`],
      backChannelLogoutUri: `${publicUrl}/oidc/back-channel-logout`,
    });

  const does: { [Deed in ControlRequest['deed']]: (asked: Extract<ControlRequest, { deed: Deed }>) => unknown } = {
    register: ({ publicUrl }) => register(publicUrl),
    add: ({ person }: { person: StandInPerson }) => provider.add(person),
    setGroups: ({ email, groups }) => provider.setGroups(email, groups),
    remove: ({ email }) => provider.remove(email),
    signOutEverywhere: ({ email }) => provider.backChannelLogout(email),
  };

  const door = createServer(async (request, response) => {
    try {
      const asked = await bodyOf(request);
      await does[asked.deed](asked as never);
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));

  return {
    variables: {
      JUNCTION_OIDC_ISSUER: provider.issuer,
      JUNCTION_OIDC_CLIENT_ID: clientId,
      JUNCTION_OIDC_CLIENT_SECRET: clientSecret,
      JUNCTION_OIDC_NAME: name,
      JUNCTION_OIDC_GROUPS_CLAIM: 'groups',
      JUNCTION_OIDC_SCOPES: 'groups',
      JUNCTION_SIGN_IN_RECHECK_SECONDS: String(recheckSeconds),
    },
    line: `Identity provider     http://127.0.0.1:${(door.address() as AddressInfo).port}`,
  };
};
