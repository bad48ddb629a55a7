import * as contract from '@junction/contracts';
import { mockApi, streamOf } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { aStatus } from '../../../testing/status.ts';
import { toldEvents } from '../../../testing/told-events.ts';

export const environmentId = '01990000-0000-7000-8000-000000000001';

type Situation = { role?: contract.Role; query?: string };

/** Shows the page to somebody with this role while things stand like that; `turnTo` lets them stand otherwise, `tellRuns` is news of runs. */
export const showStatus = (changes: Partial<contract.Status> = {}, { role = 'admin', query = '' }: Situation = {}) => {
  let status = aStatus(changes);
  const api = mockApi();
  signIn(api, { environment: { id: environmentId, role } });
  const news = toldEvents<contract.RunNews>();
  api.on(contract.getStatus, () => status);
  api.on(contract.watchRuns, () => streamOf(news.listen({ event: 'runs', runs: status.running.rows })));
  const app = renderApp(`/e/${environmentId}/status${query}`);
  return {
    api,
    turnTo: (next: Partial<contract.Status>) => {
      status = aStatus(next);
    },
    tellRuns: (...runs: contract.Run[]) => news.tell({ event: 'runs', runs }),
    ...app,
  };
};
