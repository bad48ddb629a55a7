import { type StorageAddress, storageEndpoint } from '../storage-endpoint.ts';

/** One of Azure's clouds: who gives tokens in it, and who keeps its role assignments. */
export type Cloud = {
  /** Whose tokens storage takes, as an origin. */
  authority: string;
  /** Azure Resource Manager, as an origin. */
  resourceManager: string;
};

const publicCloud: Cloud = {
  authority: 'https://login.microsoftonline.com',
  resourceManager: 'https://management.azure.com',
};

/**
 * By the domain of the storage accounts. https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud names the
 * authorities; in China, login.chinacloudapi.cn is an older name for the one here. Resource managers:
 * https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure, https://docs.azure.cn/articles/guidance/developerdifferences
 */
const sovereignClouds: readonly { domain: string; cloud: Cloud }[] = [
  {
    domain: 'core.chinacloudapi.cn',
    cloud: {
      authority: 'https://login.partner.microsoftonline.cn',
      resourceManager: 'https://management.chinacloudapi.cn',
    },
  },
  {
    domain: 'core.usgovcloudapi.net',
    cloud: { authority: 'https://login.microsoftonline.us', resourceManager: 'https://management.usgovcloudapi.net' },
  },
];

/** The cloud that a storage endpoint is in; the public one for hosts that do not say. */
export const cloudOf = (endpoint: string): Cloud => {
  const { hostname } = new URL(endpoint);
  return sovereignClouds.find(({ domain }) => hostname.endsWith(`.${domain}`))?.cloud ?? publicCloud;
};

/** Where the tokens of a connection come from, and where its roles can be looked up: with an authority of its own both are there. */
export const cloudFor = (settings: StorageAddress & { authority?: string }): Cloud =>
  settings.authority === undefined
    ? cloudOf(storageEndpoint(settings, 'blob'))
    : { authority: settings.authority, resourceManager: settings.authority };

/** Whether an authority is that of one of Azure's clouds. */
export const isAzureAuthority = (authority: string): boolean =>
  [publicCloud, ...sovereignClouds.map(({ cloud }) => cloud)].some((cloud) => cloud.authority === authority);
