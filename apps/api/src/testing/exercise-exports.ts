import * as contract from '@junction/contracts';
import type { TestClient } from './client.ts';
import { newExport } from './exports.ts';

/** Does everything that can be done with exports, over this connection and the first entity of the environment. */
export const exerciseExports = async (
  ask: TestClient,
  { environmentId, connectionId }: { environmentId: string; connectionId: string },
): Promise<void> => {
  const params = { environmentId };
  const { body: entities } = await ask(contract.listEntities, { params, query: { maxpagesize: 1 } });
  const ids = entities.value.map(({ id }) => id);
  const { body: made } = await ask(contract.createExport, { params, body: newExport(connectionId, ids) });
  const at = { environmentId, exportId: made.id };
  const { body: changed } = await ask(contract.updateExport, {
    params: at,
    body: { folder: 'canary', schedule: { isOn: true, plan: { type: 'interval', everyMinutes: 60 } } },
    ifMatch: made.etag,
  });
  const exportIds = [made.id];
  await ask(contract.runExports, { params, body: { all: 'scheduled' } });
  await ask(contract.scheduleExports, { params, body: { exportIds, set: 'off' } });
  const { body: copies } = await ask(contract.duplicateExports, { params, body: { exportIds } });
  await ask(contract.detachExports, { params, body: { exportIds } });
  await ask(contract.connectExports, { params, body: { exportIds, connectionId } });
  for (const entityId of ids) await ask(contract.previewExport, { params: at, body: { entityId } });
  const { body: run } = await ask(contract.runExport, { params: at });
  await ask(contract.watchRuns, { params });
  await ask(contract.cancelRun, { params: { environmentId, runId: run.id } });
  await ask(contract.cancelRun, { params: { environmentId, runId: run.id } });
  await ask(contract.listRuns, { params });
  await ask(contract.getRun, { params: { environmentId, runId: run.id } });
  await ask(contract.listRunParts, { params: { environmentId, runId: run.id } });
  await ask(contract.removeExports, { params, body: { exportIds: copies.done } });
  await ask(contract.listExports, { params });
  await ask(contract.getExportSummary, { params });
  await ask(contract.getExport, { params: at });
  await ask(contract.deleteExport, { params: at, ifMatch: changed.etag });
  await ask(contract.deleteExport, { params: at, ifMatch: '*' });
};
