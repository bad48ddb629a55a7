import type { Target } from '../connector.ts';
import type { StorageTarget } from '../shared-azure-storage/storage-place.ts';
import { placeOfFolder } from './fields.ts';
import type { audienceInsightsManifest } from './manifest.ts';

export type AudienceInsightsTarget = Target<typeof audienceInsightsManifest>;

/** The place of the environment in the words of Azure Storage. */
export const storageTargetOf = ({ settings, secrets }: AudienceInsightsTarget): StorageTarget => {
  const { environmentFolder, environmentId: _, ...address } = settings;
  const { container, folder } = placeOfFolder(environmentFolder);
  return { settings: { ...address, container, baseFolder: folder }, secrets };
};
