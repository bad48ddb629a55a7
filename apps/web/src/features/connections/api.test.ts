import { describe, expect, it } from 'vitest';
import { connectionsQuery } from './api.ts';
import { readListView, viewDefaults } from './list/list-view.ts';
import { aConnection, environmentId } from './testing/connections.ts';
import { aProfileConnection } from './testing/profiles.ts';

const { refetchInterval } = connectionsQuery(environmentId, readListView(viewDefaults));
const plain = { value: [aConnection()] };
const withProfiles = (status: 'waiting' | 'verifying' | 'importing' | 'active' | 'actionRequired' | 'failing') => ({
  value: [aConnection(), aProfileConnection({ profiles: { status, dataAsOf: null, problem: null } })],
});
const secondsOf = (...pages: { value: ReturnType<typeof aConnection>[] }[]) =>
  refetchInterval({ state: { data: { pages } } }) / 1000;

describe('the list of connections is read again', () => {
  it.each(['waiting', 'verifying', 'importing'] as const)('within seconds while profile data is %s', (status) =>
    expect(secondsOf(plain, withProfiles(status))).toBe(3),
  );

  it.each(['active', 'actionRequired', 'failing'] as const)('now and then when it is %s', (status) =>
    expect(secondsOf(withProfiles(status))).toBe(15),
  );

  it('now and then without profile data, and before it was read at all', () => {
    expect(secondsOf(plain)).toBe(15);
    expect(refetchInterval({ state: {} })).toBe(15_000);
  });

  it('less often when many pages of it were loaded', () => {
    const many = [plain, plain, plain, plain];
    expect(secondsOf(...many, plain)).toBe(30);
    expect(secondsOf(...many, withProfiles('importing'))).toBe(6);
  });
});
