import * as contract from '@junction/contracts';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import { isProblem } from './errors.ts';
import { keyOf } from './queries.ts';

/** How often it is asked which reports there are: access that was given or taken away, and imports that are done, are told by no event. */
const readAgainMs = 3 * 60_000;
/** The same while a first import is under way, which somebody may be waiting for. */
const readAgainSoonMs = 15_000;

/** Forgets what was read of a report that nothing on the screen looks at. */
export const forgetReport = (client: QueryClient, environmentId: string, connectionId: string): void =>
  client.removeQueries({
    queryKey: keyOf(contract.getProfileReport, { environmentId, connectionId }),
    predicate: (query) => query.getObserversCount() === 0,
  });

/** Forgets what was read of reports that are not among these. */
const forgetOthers = (client: QueryClient, environmentId: string, reports: readonly contract.ProfileReportRef[]) => {
  const kept = new Set(reports.map(({ connection }) => connection.id));
  const queries = client.getQueryCache().findAll({ queryKey: keyOf(contract.getProfileReport, { environmentId }) });
  for (const { queryKey } of queries) {
    const { connectionId } = queryKey[1] as { connectionId: string };
    if (!kept.has(connectionId)) forgetReport(client, environmentId, connectionId);
  }
};

/** Whoever is not a member any more has none, like whoever was given none. */
const listReports = async (environmentId: string, signal: AbortSignal): Promise<contract.ProfileReportRef[]> => {
  try {
    return (await call(contract.listProfileReports, { params: { environmentId }, signal })).value;
  } catch (error) {
    if (isProblem(error, 'notFound') || isProblem(error, 'forbidden')) return [];
    throw error;
  }
};

/** The reports that one was given access to. */
export const profileReportsQuery = (environmentId: string) =>
  queryOptions({
    queryKey: keyOf(contract.listProfileReports, { environmentId }),
    queryFn: async ({ client, signal }) => {
      const value = await listReports(environmentId, signal);
      forgetOthers(client, environmentId, value);
      return value;
    },
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ importedAt }) => importedAt === null) ? readAgainSoonMs : readAgainMs,
    // The navigation asks on every page, which then goes on without it.
    throwOnError: false,
  });

/** Whether there is a report for this person here. */
export const useHasProfileReports = (environmentId: string | undefined): boolean => {
  const { data } = useQuery({
    ...profileReportsQuery(environmentId ?? ''),
    enabled: environmentId !== undefined,
  });
  return data !== undefined && data.length > 0;
};
