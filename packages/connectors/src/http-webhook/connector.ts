import type { Connector } from '../connector.ts';
import { checkWebhook } from './check-webhook.ts';
import { httpWebhookManifest } from './manifest.ts';
import { openWebhook } from './open-webhook.ts';

export const httpWebhookConnector: Connector<typeof httpWebhookManifest> = {
  manifest: httpWebhookManifest,
  check: checkWebhook,
  openDestination: openWebhook(),
};
