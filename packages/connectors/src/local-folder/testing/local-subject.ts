import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connector } from '../../connector.ts';
import type { LocalSubject } from '../../connector-contract.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { localFolderConnector } from '../connector.ts';

// A folder of a machine has no pages, so these serve for small ones too.
const { openSource, openDestination } = localFolderConnector as Required<Connector>;

/** Puts files below a folder of this machine; their content by path. */
export const putBelow = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    const name = join(folder, path);
    await mkdir(dirname(name), { recursive: true });
    await writeFile(name, text);
  }
};

/** What the connector brings to the contract suite: a folder of the test as the operator's. */
export const openLocalSubject = async (): Promise<LocalSubject> => {
  const root = await mkdtemp(join(tmpdir(), 'local-root-'));
  const folder = 'connections/exports';
  return {
    outbound: createOutbound({ allowedHosts: [], localRoot: root }),
    healthy: { settings: { folder }, secrets: {} },
    contents: () => readdir(root, { recursive: true }),
    source: {
      openInSmallPages: openSource,
      put: (files) => putBelow(join(root, folder), files),
      urlOf: (path) => pathToFileURL(join(root, folder, path)).href,
    },
    destination: {
      openInSmallPages: openDestination,
      baseFolder: folder,
      put: (files) => putBelow(root, files),
    },
    close: () => rm(root, { recursive: true }),
  };
};
