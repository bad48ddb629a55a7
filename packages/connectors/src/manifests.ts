import { adlsGen2Manifest } from './adls-gen2/manifest.ts';
import { audienceInsightsManifest } from './audience-insights/manifest.ts';
import { azureBlobManifest } from './azure-blob/manifest.ts';
import { httpWebhookManifest } from './http-webhook/manifest.ts';
import { localFolderManifest } from './local-folder/manifest.ts';
import type { Manifest } from './manifest.ts';
import { sftpManifest } from './sftp/manifest.ts';

export * from './manifest.ts';

/** Every connector there is, as the browser knows it. Adding one is a folder and a line here and in runtime.ts. */
export const manifests = [
  adlsGen2Manifest,
  audienceInsightsManifest,
  azureBlobManifest,
  httpWebhookManifest,
  localFolderManifest,
  sftpManifest,
] as const satisfies readonly Manifest[];

/** The manifest of a type; undefined when there is none. */
export const manifestOf = (type: string): Manifest | undefined =>
  (manifests as readonly Manifest[]).find((manifest) => manifest.type === type);
