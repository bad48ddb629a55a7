import type { LakeEmulator } from '@junction/lake-emulator';
import { openLakeTree } from '../../adls-gen2/lake-tree.ts';
import { openBlobTree } from '../../azure-blob/blob-tree.ts';
import type { DestinationEntry, FileDestination } from '../../connector.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { container, flatAccount, lakeAccount, lakeKey, startLake } from '../../testing/lake-subject.ts';
import { type DestinationLimits, type OpenTree, openStorageDestination } from '../destination/open-destination.ts';

/** The services, each on the accounts that it is for. */
export const services: [name: string, account: string, openTree: OpenTree][] = [
  ['Data Lake', lakeAccount, openLakeTree],
  ['Blob', flatAccount, openBlobTree],
  ['Blob with real folders', lakeAccount, openBlobTree],
];

export type Given = DestinationLimits & {
  account?: string;
  sasToken?: string;
  endpoint?: string;
  baseFolder?: string;
};

/** An emulator, and destinations in it that make no long pauses. */
export type DestinationWorld = {
  lake: LakeEmulator;
  open(openTree: OpenTree, given?: Given): FileDestination;
  close(): Promise<void>;
};

export const openDestinationWorld = async (): Promise<DestinationWorld> => {
  const lake = await startLake();
  const opened: FileDestination[] = [];
  return {
    lake,
    open(openTree, { account = lakeAccount, sasToken, endpoint = lake.url, baseFolder, ...limits } = {}) {
      const target = {
        settings: {
          accountName: account,
          container,
          baseFolder,
          authentication: sasToken === undefined ? ('sharedKey' as const) : ('sas' as const),
          endpoint,
        },
        secrets: sasToken === undefined ? { accountKey: lakeKey } : { sasToken },
      };
      const context = { outbound: createOutbound({ allowedHosts: [lake.url, endpoint] }), now: () => new Date() };
      const patience = { maxTries: 3, firstPauseMs: 1, longestPauseMs: 1_500 };
      const destination = openStorageDestination(openTree, { patience, ...limits })(target, context);
      opened.push(destination);
      return destination;
    },
    async close() {
      for (const destination of opened) destination.close();
      await lake.close();
    },
  };
};

/** The paths below a folder, folders with a slash at the end. */
export const pathsBelow = async (destination: FileDestination, folder: string): Promise<string[]> => {
  const found: DestinationEntry[] = [];
  for await (const entry of destination.list(folder, new AbortController().signal)) found.push(entry);
  return found.map(({ path, isFolder }) => (isFolder ? `${path}/` : path)).sort();
};
