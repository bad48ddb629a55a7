import * as contract from '@junction/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { keyOf, read, readPages } from '../../../lib/queries.ts';
import { isLive } from './profile-words.ts';

/** While an import is under way. */
const livePollMs = 2_000;
/** Otherwise, so that one that begins by its schedule shows up without a reload. */
const pollMs = 15_000;

/** Imports and views that are told at once; older ones on demand. */
const pageSize = 10;

/** Whether something is going to change within seconds: an import waits or is under way, or the first one is about to begin. */
export const isUnderWay = ({ last, status }: contract.ProfileImport): boolean =>
  isLive(last) || (last === null && status === 'waiting');

/** How the profile data of a connection stands, read again while it is on screen. */
export const profileImportQuery = (environmentId: string, connectionId: string) => ({
  ...read(contract.getProfileImport, { params: { environmentId, connectionId } }),
  refetchInterval: ({ state: { data } }: { state: { data?: contract.ProfileImport } }) =>
    data !== undefined && isUnderWay(data) ? livePollMs : pollMs,
});

/** The imports of a connection, newest first. */
export const profileImportsQuery = (environmentId: string, connectionId: string) =>
  readPages(contract.listProfileImports, {
    params: { environmentId, connectionId },
    query: { maxpagesize: pageSize },
  });

/** The columns of the customers of a saved connection. Reading them takes a moment and nothing else changes them. */
export const profileColumnsQuery = (environmentId: string, connectionId: string) => ({
  ...read(contract.getProfileColumns, { params: { environmentId, connectionId } }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
});

/** Who may see the profile data of a connection. */
export const profileAccessQuery = (environmentId: string, connectionId: string) =>
  read(contract.listProfileAccess, { params: { environmentId, connectionId } });

/** Who looked at the report of a connection, the last view first. */
export const profileViewsQuery = (environmentId: string, connectionId: string) =>
  readPages(contract.listProfileViews, { params: { environmentId, connectionId }, query: { maxpagesize: pageSize } });

/** Reads anew what an import changes when it begins or ends, the list of connections among it. */
export const importChanged = (client: QueryClient, environmentId: string, connectionId: string): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: keyOf(contract.listProfileImports, { environmentId, connectionId }) }),
    client.invalidateQueries({ queryKey: keyOf(contract.listConnections, { environmentId }) }),
    client.invalidateQueries({ queryKey: keyOf(contract.listProfileReports, { environmentId }) }),
    client.invalidateQueries({ queryKey: [...keyOf(contract.getProfileReport), { environmentId, connectionId }] }),
    client.invalidateQueries({ queryKey: keyOf(contract.listActivity, { environmentId }) }),
  ]);

/** Reads anew what follows from who may see which profile data. */
export const useAccessChanged = (environmentId: string): (() => Promise<unknown>) => {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        contract.listProfileAccess,
        contract.listMemberProfileAccess,
        contract.listProfileReports,
        contract.getProfileReport,
        contract.getConnectionUsage,
        contract.listActivity,
      ].map((endpoint) => client.invalidateQueries({ queryKey: [...keyOf(endpoint), { environmentId }] })),
    );
};
