import type { FileDestination } from '@junction/connectors/runtime';
import type { Lease } from '../../runs/index.ts';
import { manifestPath, runFolder } from './layout.ts';
import { longestManifest, readManifest } from './manifest.ts';
import type { ExpiredRun } from './run-store.ts';

/** The folder of an entity and a time that a path of a manifest begins with. */
const timeFolderOf = (path: string): string | undefined =>
  /^[^/]+\/\d{4}\/\d\d\/\d\d\/\d{4}(_\d+)?(?=\/)/.exec(path)?.[0];

/**
 * Removes the files of a run that is kept no longer: the folders that its manifest names, and no others. The manifest gets another name
 * first, so that nobody who reads manifests comes upon files that are going. Returns false when what is there is not the run's.
 */
export const expireRun = async (destination: FileDestination, run: ExpiredRun, lease: Lease): Promise<boolean> => {
  const { signal } = lease;
  const own = runFolder(run.folder, run.id);
  const [manifest, expired] = [manifestPath(run.folder, run.id), `${own}/expired.json`];
  const bytes =
    (await destination.read(manifest, longestManifest, signal)) ??
    (await destination.read(expired, longestManifest, signal));
  // Somebody else has removed it.
  if (bytes === undefined) return true;
  const found = readManifest(bytes, run);
  if (found?.state !== 'successful') return false;
  lease.require();
  await destination.moveFile(manifest, expired, { replaces: true }, signal);
  const folders = new Set([...found.parts, ...found.rejected].flatMap(({ path }) => timeFolderOf(path) ?? []));
  for (const folder of folders) {
    lease.require();
    await destination.removeFolder(`${run.folder}/${folder}`, signal);
  }
  lease.require();
  await destination.removeFolder(own, signal);
  return true;
};
