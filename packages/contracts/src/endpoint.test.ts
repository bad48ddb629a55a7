import { describe, expect, it } from 'vitest';
import { grants } from './access.ts';
import { api } from './api.ts';
import { getConnection } from './connections.ts';
import { paramNames, pathOf } from './endpoint.ts';

/** Changes that need not say what they change, with the reason. */
const blindChanges: Readonly<Record<string, string>> = {
  deleteSession: 'it is one’s own, and there or not',
  deleteMyIdentity: 'it is one’s own, and there or not',
  deleteMyToken: 'a token is never edited: it is there or not',
  deleteServiceAccountToken: 'a token is never edited: it is there or not',
  updateConnectionDraft: 'nobody else sees it, and what was typed last counts',
  deleteConnectionDraft: 'nobody else sees it',
  updateProfileImport: 'its two choices stand each for itself and are replaced as a whole',
  revokeProfileAccess: 'it has no content: somebody has access or has not',
};

describe('endpoints', () => {
  it('fills parameters into a path, escaped', () => {
    expect(pathOf(getConnection, { environmentId: 'a/b', connectionId: 'ü' })).toBe(
      '/environments/a%2Fb/connections/%C3%BC',
    );
  });

  it('have one path and method each, and an action that exists', () => {
    const addresses = Object.values(api).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const { action } of Object.values(api)) expect(grants).toHaveProperty([action]);
  });

  it('name the environment in the path wherever a role is needed', () => {
    for (const { action, path } of Object.values(api)) {
      const grant: string = grants[action];
      if (grant === 'viewer' || grant === 'contributor' || grant === 'admin')
        expect(paramNames(path)).toContain('environmentId');
    }
  });

  it('ask for If-Match on every PATCH and on every DELETE, apart from those listed with a reason', () => {
    const without = Object.entries(api)
      .filter(([, { method, needsIfMatch }]) => (method === 'PATCH' || method === 'DELETE') && !needsIfMatch)
      .map(([name]) => name);
    expect(without.sort()).toEqual(Object.keys(blindChanges).sort());
  });
});
