import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { remove } from '../../testing/removals.ts';
import { readDueCatalogs } from '../lake/index.ts';

/** A folder of this machine whose rows are profile data. */
const customersFolder = (): Connector => {
  const folder = connectors.find(({ manifest }) => manifest.type === 'local-folder');
  if (folder === undefined) throw new Error('There is no connector for folders.');
  const manifest = { ...folder.manifest, type: 'customers-folder', capabilities: ['source', 'profiles'] as const };
  return { ...folder, manifest };
};

const model = {
  name: 'source',
  version: '1.0',
  entities: [
    {
      $type: 'LocalEntity',
      name: 'Customer',
      attributes: [{ name: 'Name', dataType: 'string' }],
      partitions: [
        {
          name: 'a.csv',
          location: 'a.csv',
          fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',' },
        },
      ],
    },
  ],
};

let root: string;
let house: TestHouse;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'preview-access-'));
  await mkdir(join(root, 'source'));
  await writeFile(join(root, 'source/model.json'), JSON.stringify(model));
  await writeFile(join(root, 'source/a.csv'), 'Name\nAda\n');
  house = await openTestHouse({
    connectors: [...connectors, customersFolder()],
    env: { JUNCTION_LOCAL_ROOT: root, JUNCTION_SPOOL_DIR: join(root, 'spool') },
  });
});
afterAll(async () => {
  await house.close();
  await rm(root, { recursive: true });
});

let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let customers: { id: string; environmentId: string };
let entityIds: { hidden: string; open: string };
let params: { environmentId: string; exportId: string };
beforeEach(async () => {
  contoso = await makeEnvironment(house);
  const environmentId = contoso.environment.id;
  const folder = (type: string, readsEntities: boolean) =>
    makeConnection(house, environmentId, {
      type,
      settings: readsEntities
        ? { folder: 'source', readsEntities, entityFolder: '' }
        : { folder: 'destination', readsEntities },
      key: undefined,
      secrets: undefined,
      readsEntities,
      sharedWith: 'adminsAndContributors',
    });
  customers = await folder('customers-folder', true);
  const others = await folder('local-folder', true);
  const destination = await folder('local-folder', false);
  await readDueCatalogs(house, new AbortController().signal);
  const entityOf = ({ id }: { id: string }) => house.db.entity.findFirstOrThrow({ where: { connectionId: id } });
  const [hidden, open] = [await entityOf(customers), await entityOf(others)];
  entityIds = { hidden: hidden.id, open: open.id };
  const made = await makeExport(house, environmentId, { connectionId: destination.id, entities: [hidden, open] });
  params = { environmentId, exportId: made.id };
});

const preview = (client: TestClient, entityId: string) =>
  client(contract.previewExport, { params, body: { entityId } });
const mayPreview = async (client: TestClient) =>
  (await client(contract.getExport, { params })).body.entities.map((entity) => entity.mayPreview);

describe('a preview of profile data', () => {
  it('needs a grant, of admins too, and the rest of the export needs none', async () => {
    for (const client of [contoso.asAdmin, contoso.asContributor]) {
      const { status, text } = await preview(client, entityIds.hidden);
      expect(status).toBe(404);
      expect(text).not.toContain('Ada');
      expect((await preview(client, entityIds.open)).body.rows).toEqual([['Ada']]);
      expect(await mayPreview(client)).toEqual([false, true]);
    }
    const at = { environmentId: params.environmentId, connectionId: customers.id };
    const body = { personId: contoso.contributor.id };
    expect((await contoso.asAdmin(contract.grantProfileAccess, { params: at, body })).status).toBe(201);
    expect((await preview(contoso.asContributor, entityIds.hidden)).body.rows).toEqual([['Ada']]);
    expect(await mayPreview(contoso.asContributor)).toEqual([true, true]);
    expect((await preview(contoso.asAdmin, entityIds.hidden)).status).toBe(404);
    await contoso.asAdmin(contract.revokeProfileAccess, { params: { ...at, ...body } });
    expect((await preview(contoso.asContributor, entityIds.hidden)).status).toBe(404);
  });

  it('is a matter of rights to the export before', async () => {
    expect((await preview(contoso.asViewer, entityIds.hidden)).status).toBe(403);
  });

  it('is none of running: who may run the export does', async () => {
    const body = { exportIds: [params.exportId] };
    const { status } = await contoso.asContributor(contract.runExports, {
      params: { environmentId: params.environmentId },
      body,
    });
    expect(status).toBe(200);
    expect(await house.db.run.count({ where: { environmentId: params.environmentId } })).toBe(1);
  });

  it('is nobody’s while the connection is removed', async () => {
    const at = { environmentId: params.environmentId, connectionId: customers.id };
    await contoso.asAdmin(contract.grantProfileAccess, { params: at, body: { personId: contoso.admin.id } });
    expect(await mayPreview(contoso.asAdmin)).toEqual([true, true]);
    expect((await remove(contoso.asAdmin, customers)).status).toBe(200);
    expect(await mayPreview(contoso.asAdmin)).toEqual([false, true]);
    expect((await preview(contoso.asAdmin, entityIds.hidden)).status).toBe(404);
  });
});
