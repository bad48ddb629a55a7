import { type Cloud, ProviderError, type ProviderSettings } from './identity-provider.ts';

/**
 * Where each of Microsoft's clouds signs people in and where its Graph is, each an origin.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud, https://learn.microsoft.com/graph/deployments
 */
const microsoft: Readonly<Record<Cloud, { authority: string; graph: string }>> = {
  public: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  // Graph's pages still name login.chinacloudapi.cn, an older name of the same service; tokens name this one as their issuer.
  china: { authority: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
  usGovernment: { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
};

type EntraSettings = Extract<ProviderSettings, { id: 'entra' }>;

/** The origin of the Microsoft Graph that belongs to a tenant. */
export const graphOf = ({ cloud, graph }: EntraSettings): string => graph ?? microsoft[cloud].graph;

/** The issuer that every token of a provider must name. */
export const issuerOf = (settings: ProviderSettings): string =>
  settings.id === 'oidc'
    ? settings.issuer
    : `${settings.authority ?? microsoft[settings.cloud].authority}/${settings.tenantId.toLowerCase()}/v2.0`;

/** This very machine, where nobody listens on the way. */
const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Whether what is sent to a URL can be read by nobody else: https, or http to this very machine. */
export const isConfidential = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/** An entry of the outbound guard's list of allowed hosts that lets exactly this URL's host and port be asked. */
export const allowedHostOf = (url: URL): string => (url.protocol === 'https:' ? url.host : url.origin);

/**
 * The entries that the outbound guard needs for a provider: the issuer's host, and Graph's for Entra ID. A provider that keeps other endpoints
 * elsewhere, such as Google, needs them listed by the operator. Throws a ProviderError where the settings are no URLs.
 */
export const allowedHostsOf = (settings: ProviderSettings): string[] => {
  const places = [issuerOf(settings), ...(settings.id === 'entra' ? [graphOf(settings)] : [])];
  return [...new Set(places.map((place) => allowedHostOf(readPlace(place, settings.name))))];
};

/** Reads the URL of an issuer or of Graph. Throws a ProviderError when it is none, or when what is sent there could be read by others. */
export const readPlace = (text: string, providerName: string): URL => {
  if (!URL.canParse(text)) {
    throw new ProviderError('misconfigured', 'url', `${text} is no URL. Correct the settings of ${providerName}.`);
  }
  const url = new URL(text);
  if (!isConfidential(url)) {
    throw new ProviderError(
      'misconfigured',
      'insecure',
      `${text} must begin with https://. Only a provider on this very machine may be reached over http.`,
    );
  }
  return url;
};
