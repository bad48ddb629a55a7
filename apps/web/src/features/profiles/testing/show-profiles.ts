import type { ProfileFilter, ProfileReport, ProfileReportRef, Role } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { mockApi, refuse } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { aReport, lake, refOf } from './reports.ts';

export const environmentId = '01990000-0000-7000-8000-000000000001';
export const base = `/e/${environmentId}/profiles/${lake.id}`;

type Situation = {
  role?: Role;
  /** What is below `/e/:environmentId`; without, the report. */
  path?: string;
  /** The reports that one was given access to; without, the one. */
  reports?: ProfileReportRef[];
  /** The answer to a filter; without, the report with cities where a country is chosen. */
  answer?: (report: ProfileReport, filter: ProfileFilter) => ProfileReport;
};

const filtered = (report: ProfileReport, filter: ProfileFilter): ProfileReport =>
  Object.keys(filter).length === 0 ? report : { ...report, matching: 1_234 };

/** Shows the page to somebody who was given access to a report; `takeAway` takes it away, `turnTo` lets another one come. */
export const showProfiles = (
  changes: Partial<ProfileReport> = {},
  { role = 'viewer', path = `profiles/${lake.id}`, reports, answer = filtered }: Situation = {},
) => {
  let report = aReport(changes);
  let granted = reports ?? [refOf(report)];
  const api = mockApi();
  signIn(api, { environment: { id: environmentId, role } });
  api.on(contract.listProfileReports, () => ({ value: granted }));
  api.on(contract.getProfileReport, ({ params, query }) =>
    granted.some(({ connection }) => connection.id === params.connectionId)
      ? answer({ ...report, connection: { ...report.connection, id: params.connectionId } }, query)
      : refuse('notFound'),
  );
  const app = renderApp(`/e/${environmentId}/${path}`);
  return {
    api,
    takeAway: () => {
      granted = granted.filter(({ connection }) => connection.id !== lake.id);
    },
    turnTo: (next: Partial<ProfileReport>) => {
      report = aReport(next);
      granted = [refOf(report)];
    },
    /** The filters that the report was asked for with so far. */
    filters: () => api.asked(contract.getProfileReport).map(({ query }) => query),
    ...app,
  };
};
