import * as contract from '@junction/contracts';
import { mockApi, refuse, streamOf } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { toldEvents } from '../../../testing/told-events.ts';
import { environmentId, rowOf } from './exports.ts';

type Situation = {
  role?: contract.Role;
  exports?: contract.Export[];
  options?: contract.ConnectionOption[];
  me?: Partial<contract.Me>;
  environment?: Partial<contract.Environment>;
};

/** How many of the things have each value. */
const countBy = <Thing>(things: readonly Thing[], of: (thing: Thing) => string | null) => {
  const counts: Record<string, number> = {};
  for (const value of things.map(of)) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

export const summaryOf = (exports: readonly contract.Export[]): contract.ExportSummary => {
  const counts = countBy(exports, ({ connection }) => connection?.id ?? null);
  const names = new Map(exports.map(({ connection }) => [connection?.id, connection?.name]));
  return {
    total: exports.length,
    byStatus: countBy(exports, ({ status }) => status),
    byType: countBy(exports, ({ type }) => type),
    byConnection: Object.entries(counts).map(([id, count]) => ({ id, name: names.get(id) ?? '', count })),
    withoutConnection: exports.filter(({ connection }) => connection === null).length,
  };
};

/**
 * Shows an address below Exports to somebody with this role, over an API that knows these exports and connections. `tellRuns` is the
 * news of runs that come as events.
 */
export const showExports = (
  path: string,
  { role = 'admin', exports = [], options = [], me, environment }: Situation = {},
) => {
  const api = mockApi();
  signIn(api, { me, environment: { id: environmentId, role, ...environment } });
  api.on(contract.listExports, () => ({ value: exports.map(rowOf) }));
  api.on(contract.getExportSummary, () => summaryOf(exports));
  api.on(contract.getExport, ({ params }) => exports.find(({ id }) => id === params.exportId) ?? refuse('notFound'));
  api.on(contract.listConnectionOptions, ({ query }) => ({
    value: options.filter(({ name }) => name.toLowerCase().includes((query.search ?? '').toLowerCase())),
  }));
  const news = toldEvents<contract.RunNews>();
  const newsOf = (runs: contract.Run[]): contract.RunNews => ({ event: 'runs', runs });
  const liveRuns = () => exports.flatMap(({ run }) => (run !== null && contract.isRunLive(run.state) ? [run] : []));
  api.on(contract.watchRuns, () => streamOf(news.listen(newsOf(liveRuns()))));
  api.on(contract.listRuns, () => ({ value: exports.flatMap(({ run }) => run ?? []) }));
  api.on(contract.listRunParts, () => ({ value: [] }));
  const app = renderApp(`/e/${environmentId}/exports${path}`);
  return { api, tellRuns: (...runs: contract.Run[]) => news.tell(newsOf(runs)), ...app };
};
