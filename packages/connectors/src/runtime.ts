import { adlsGen2Connector } from './adls-gen2/connector.ts';
import { audienceInsightsConnector } from './audience-insights/connector.ts';
import { azureBlobConnector } from './azure-blob/connector.ts';
import type { Connector } from './connector.ts';
import { httpWebhookConnector } from './http-webhook/connector.ts';
import { localFolderConnector } from './local-folder/connector.ts';
import type { manifests } from './manifests.ts';
import { sftpConnector } from './sftp/connector.ts';

export { recogniseTraits } from './audience-insights/customer-traits.ts';
export { findCustomers, writtenAt } from './audience-insights/customers.ts';
export * from './connector.ts';
export { type NoticeReceiver, type OutgoingNotice, postNotice } from './http-webhook/post-notice.ts';
export { secretLookingIn, urlFrom } from './http-webhook/webhook-url.ts';
export * from './outbound/outbound.ts';

/** One entry for each manifest: the compiler demands it. */
const byType = {
  'adls-gen2': adlsGen2Connector,
  'audience-insights': audienceInsightsConnector,
  'azure-blob': azureBlobConnector,
  'http-webhook': httpWebhookConnector,
  'local-folder': localFolderConnector,
  sftp: sftpConnector,
} satisfies Record<(typeof manifests)[number]['type'], Connector>;

/** The server's side of every connector. */
export const connectors: readonly Connector[] = Object.values(byType);

/** The connector of a type; undefined when there is none. */
export const connectorOf = (type: string): Connector | undefined =>
  connectors.find(({ manifest }) => manifest.type === type);
