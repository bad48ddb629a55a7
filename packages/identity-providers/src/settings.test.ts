import { describe, expect, it } from 'vitest';
import { allowedHostsOf, createIdentityProvider } from './index.ts';
import { failureOf } from './testing/world.ts';

describe('settings', () => {
  const shared = { name: 'Contoso ID', clientId: 'junction' };
  const generic = (issuer: string) => ({ ...shared, id: 'oidc', issuer, groupsClaim: 'groups', scopes: [] }) as const;
  const tenantId = '72F988BF-86F1-41AF-91AB-2D7CD011DB47';
  const entra = (cloud: 'public' | 'china' | 'usGovernment') => ({ ...shared, id: 'entra', tenantId, cloud }) as const;
  const create = (settings: Parameters<typeof createIdentityProvider>[0]) =>
    createIdentityProvider(settings, { fetch, now: () => new Date() });

  it.each(['http://id.contoso.example', 'ftp://id.contoso.example', 'id.contoso.example', ''])(
    'with the issuer %j are refused',
    async (issuer) => {
      expect(await failureOf((async () => create(generic(issuer)))())).toMatchObject({ code: 'misconfigured' });
    },
  );

  it('tell which hosts the guard has to let through', () => {
    expect(allowedHostsOf(generic('https://id.contoso.example:8443/realms/main'))).toEqual(['id.contoso.example:8443']);
    expect(allowedHostsOf(generic('http://localhost:8080'))).toEqual(['http://localhost:8080']);
    expect(allowedHostsOf(entra('public'))).toEqual(['login.microsoftonline.com', 'graph.microsoft.com']);
    expect(
      allowedHostsOf({ ...entra('public'), authority: 'http://127.0.0.1:8080', graph: 'http://127.0.0.1:8080' }),
    ).toEqual(['http://127.0.0.1:8080']);
  });

  it.each([
    ['public', 'https://login.microsoftonline.com', 'graph.microsoft.com'],
    ['china', 'https://login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
    ['usGovernment', 'https://login.microsoftonline.us', 'graph.microsoft.us'],
  ] as const)('of the cloud %s lead to its own places', (cloud, authority, graph) => {
    expect(create(entra(cloud)).issuer).toBe(`${authority}/${tenantId.toLowerCase()}/v2.0`);
    expect(allowedHostsOf(entra(cloud))).toEqual([new URL(authority).host, graph]);
  });
});
