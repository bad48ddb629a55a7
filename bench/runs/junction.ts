import { join } from 'node:path';
import * as contract from '@junction/contracts';
import type { TestClient } from '../../apps/api/src/testing/client.ts';
import { connect } from '../../apps/api/src/testing/connections.ts';
import { addressHeader } from '../world.ts';

/** How often a run is looked at. */
const lookEveryMs = 200;

let asked = 0;
const headers = () => {
  asked += 1;
  return addressHeader(asked);
};

const expectStatus = <T>(reply: { status: number; text: string; body: T }, status: number): T => {
  if (reply.status !== status) throw new Error(`Junction answered ${reply.status}: ${reply.text}`);
  return reply.body;
};

/** A Junction that is asked over HTTP, by an admin of one environment. */
export type Place = { client: TestClient; environmentId: string };

/** Sets up a folder of the operator's root as a place to read from, and waits until its entities are known. */
export const readFrom = async ({ client, environmentId }: Place, folder: string): Promise<string> => {
  const params = { environmentId };
  const settings = { folder, readsEntities: true, entityFolder: '' };
  const { id: connectionId } = await connect(client, environmentId, {
    name: `Read ${folder}`,
    type: 'local-folder',
    settings,
    secrets: {},
  });
  const which = { params: { ...params, connectionId }, headers: headers() };
  expectStatus(await client(contract.refreshCatalog, which), 200);
  const list = await client(contract.listEntities, { params, headers: headers() });
  const entity = expectStatus(list, 200).value.find(({ source }) => source.connectionId === connectionId);
  if (entity === undefined) throw new Error(`There is no entity in ${folder}.`);
  return entity.id;
};

/** Sets up a folder of the operator's root as a place to write to. */
export const writeTo = async ({ client, environmentId }: Place, folder: string): Promise<string> => {
  const settings = { folder };
  const made = await connect(client, environmentId, {
    name: `Write ${folder}`,
    type: 'local-folder',
    settings,
    secrets: {},
  });
  return made.id;
};

/** Defines an export of a whole entity. */
export const define = async (
  { client, environmentId }: Place,
  {
    name,
    connectionId,
    entityId,
    format,
  }: { name: string; connectionId: string; entityId: string; format: contract.ExportFormat },
): Promise<string> => {
  const body = { name, connectionId, entities: [{ entityId }], format };
  return expectStatus(await client(contract.createExport, { params: { environmentId }, body, headers: headers() }), 201)
    .id;
};

/** A run that succeeded: from when it was taken to when it was over, how long it had waited, and where its rows are, below the destination's folder. */
export type Made = { ms: number; waitedMs: number; rows: number; pattern: string };

/** Runs an export and waits for its end. Throws where it does not succeed. */
export const runOnce = async ({ client, environmentId }: Place, exportId: string): Promise<Made> => {
  const params = { environmentId };
  const { id: runId } = expectStatus(
    await client(contract.runExport, { params: { ...params, exportId }, headers: headers() }),
    201,
  );
  for (;;) {
    const run = expectStatus(await client(contract.getRun, { params: { ...params, runId }, headers: headers() }), 200);
    if (run.finishedAt === null || run.startedAt === null) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      continue;
    }
    if (run.state !== 'successful') throw new Error(`The run ended ${run.state}: ${JSON.stringify(run.problem)}`);
    const [queued, started, finished] = [run.queuedAt, run.startedAt, run.finishedAt].map((at) => Date.parse(at));
    return {
      ms: Number(finished) - Number(started),
      waitedMs: Number(started) - Number(queued),
      rows: run.progress.rowsWritten,
      pattern: join(run.entities[0]?.folder ?? '', '*'),
    };
  }
};
