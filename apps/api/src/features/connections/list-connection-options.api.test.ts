import type { Connector } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeConnector } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;

/** The fake connector under another name, with other capabilities. */
const variant = (type: string, capabilities: string[]) =>
  ({
    ...fakeConnector,
    manifest: { ...fakeConnector.manifest, type, label: type, capabilities },
  }) as unknown as Connector;

const everybody = { sharedWith: 'adminsAndContributors' as const };
const shared: contract.Connection[] = [];
beforeAll(async () => {
  const connectors = [
    variant('fake', ['destination', 'source']),
    variant('other', ['destination']),
    variant('readable', ['source']),
  ];
  house = await openTestHouse({ connectors });
  contoso = await makeEnvironment(house);
  other = await makeEnvironment(house, 'Another');
  const add = (name: string, over: Parameters<typeof connect>[2]) =>
    connect(contoso.asAdmin, contoso.environment.id, { name, ...over });
  await add('For admins', {});
  shared.push(
    await add('beta lake', { sharing: everybody }),
    await add('Alpha lake', { sharing: { sharedWith: 'namedContributors', personIds: [contoso.contributor.id] } }),
    await add('Gamma store', {
      type: 'other',
      sharing: everybody,
      settings: { host: 'down.example', outcome: 'failing' },
      saveAnyway: true,
    }),
  );
  await add('Only read from', { type: 'readable', sharing: everybody });
  const gone = await add('Gone', { sharing: everybody });
  await house.db.connection.update({ where: { id: gone.id }, data: { removedAt: house.clock.now() } });
  await connect(other.asAdmin, other.environment.id, { name: 'Elsewhere', sharing: everybody });
});
afterAll(() => house.close());

type Query = Partial<Record<keyof contract.QueryInput<typeof contract.listConnectionOptions>, string | number>>;
const list = (client: TestClient, query: Query = {}) =>
  client(contract.listConnectionOptions, { params: { environmentId: contoso.environment.id }, query });
const namesOf = async (client: TestClient, query: Query = {}) =>
  (await list(client, query)).body.value.map(({ name }) => name);

describe('the connections that somebody may use', () => {
  it('are those shared with them, with no more than id, name, type and health', async () => {
    const [beta, alpha, gamma] = shared;
    const { text } = await list(contoso.asContributor);
    expect(JSON.parse(text)).toEqual({
      value: [
        { id: alpha?.id, name: 'Alpha lake', type: 'fake', health: 'healthy' },
        { id: beta?.id, name: 'beta lake', type: 'fake', health: 'healthy' },
        { id: gamma?.id, name: 'Gamma store', type: 'other', health: 'failing' },
      ],
    });
  });

  it('are all destinations for an admin', async () => {
    expect(await namesOf(contoso.asAdmin)).toEqual(['Alpha lake', 'beta lake', 'For admins', 'Gamma store']);
  });

  it('are nothing for viewers, and nothing from elsewhere', async () => {
    expect((await list(contoso.asViewer)).status).toBe(403);
    expect((await list(other.asContributor)).status).toBe(404);
    expect((await list(other.asAdmin)).status).toBe(404);
    const { body } = await other.asContributor(contract.listConnectionOptions, {
      params: { environmentId: other.environment.id },
    });
    expect(body.value.map(({ name }) => name)).toEqual(['Elsewhere']);
  });

  it('are filtered by type and searched by name', async () => {
    expect(await namesOf(contoso.asContributor, { filter: "type eq 'other'" })).toEqual(['Gamma store']);
    expect(await namesOf(contoso.asContributor, { search: 'LAKE' })).toEqual(['Alpha lake', 'beta lake']);
    expect(await namesOf(contoso.asContributor, { search: 'lake', filter: "type eq 'other'" })).toEqual([]);
    expect(await namesOf(contoso.asContributor, { search: 'For admins' })).toEqual([]);
    expect((await list(contoso.asContributor, { filter: "sharedWith eq 'admins'" })).problem.errors).toMatchObject([
      { field: 'filter' },
    ]);
  });

  it('come in pages, each once', async () => {
    const pages = await allPages((skiptoken) => list(contoso.asContributor, { maxpagesize: 1, skiptoken }));
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([['Alpha lake'], ['beta lake'], ['Gamma store']]);
  });
});

describe('everything else about connections', () => {
  it('is not for contributors, whoever it is shared with', async () => {
    const [beta] = shared;
    const params = { environmentId: contoso.environment.id, connectionId: beta?.id ?? '' };
    for (const client of [contoso.asContributor, contoso.asViewer]) {
      const replies = await Promise.all([
        client(contract.getConnection, { params }),
        client(contract.listConnections, { params }),
        client(contract.getConnectionUsage, { params }),
        client(contract.listChecks, { params }),
        client(contract.checkConnection, { params, body: {} }),
        client(contract.shareConnections, {
          params,
          body: { connectionIds: [params.connectionId], sharing: everybody },
        }),
        client(contract.deleteConnection, { params, query: { usage: 'x' }, ifMatch: '*' }),
        client(contract.listRemovedConnections, { params }),
        client(contract.getRemovedConnection, { params }),
        client(contract.restoreConnection, { params, body: {} }),
      ]);
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 403));
      expect(replies.map(({ text }) => text).join()).not.toContain('files.example');
    }
  });
});
