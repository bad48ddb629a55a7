import { bareAddress, isInRange, judgeAddress, parseRange } from './address-rules.ts';

/**
 * One entry of the allow-list:
 *
 * | entry | reaches | lifts the address rules for |
 * |---|---|---|
 * | `lake.contoso.com` | https on port 443 | internal addresses of this name |
 * | `lake.contoso.com:8443` | https on this port | internal addresses of this name |
 * | `http://lake.contoso.com:10004` | http, and only on this port (80 without one) | internal addresses of this name |
 * | `sftp://files.contoso.com:2222` | SFTP, and only on this port (22 without one) | internal addresses of this name |
 * | `*.lake.contoso.com` | https on port 443 of every name below, not of the name itself | nothing |
 * | `10.1.2.3`, `[fd00::1]:8443`, `sftp://10.1.2.3` | as a name does | this very address, even a forbidden one |
 * | `10.1.0.0/16` | https on port 443 of addresses in it | internal addresses in it, of every allowed name |
 */
export type AllowedHost = {
  /** As the operator wrote it. */
  entry: string;
  scheme: Scheme;
  port: number;
  match:
    | { kind: 'name'; name: string }
    | { kind: 'suffix'; suffix: string }
    | { kind: 'address'; address: string }
    | { kind: 'range'; range: NonNullable<ReturnType<typeof parseRange>> };
};

/** Where a URL leads, in the parts that the allow-list looks at. */
export type Destination = { scheme: Scheme; host: string; port: number };

/** A destination with its URL's own spelling of host and port, for messages. */
export type UrlDestination = Destination & { authority: string };

export const defaultPorts = { http: 80, https: 443, sftp: 22 } as const;

/** What may be spoken with a host. An entry for one is none for the others. */
export type Scheme = keyof typeof defaultPorts;

/** A DNS name of at least two labels, or a bare name such as `localhost`; RFC 1123 §2.1, underscores as some internal names have them. */
const namePattern =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/;

/** A name whose last label is a number is an IPv4 address in some spelling, which `URL` would have read as one. */
const looksNumeric = (host: string): boolean => /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host);

/** Another scheme, a user name, path, query or a wildcard anywhere but in front is no entry. */
const entryPattern = /^(?:(https?|sftp):\/\/)?(\[[0-9a-f:.]+\]|[^:/?#@[\]]+)(?::(\d{1,5}))?\/?$/;

const isScheme = (text: string): text is Scheme => Object.hasOwn(defaultPorts, text);

const parseEntry = (entry: string): AllowedHost | string => {
  const lower = entry.toLowerCase();
  const range = parseRange(lower);
  if (range !== undefined) return { entry, scheme: 'https', port: 443, match: { kind: 'range', range } };
  const bracketed =
    lower.includes('[') || bareAddress(lower) === undefined || !lower.includes(':') ? lower : `[${lower}]`;
  const [, scheme = 'https', host = '', port] = entryPattern.exec(bracketed) ?? [];
  if (!isScheme(scheme)) return `"${entry}": begin with https://, http:// or sftp://, or leave the scheme out.`;
  const number = port === undefined ? defaultPorts[scheme] : Number(port);
  if (number < 1 || number > 65_535) return `"${entry}": a port is a number from 1 to 65535.`;
  const address = bareAddress(host);
  if (address !== undefined) return { entry, scheme, port: number, match: { kind: 'address', address } };
  if (host.startsWith('*.') && namePattern.test(host.slice(2)) && host.slice(2).includes('.')) {
    return scheme === 'https'
      ? { entry, scheme, port: number, match: { kind: 'suffix', suffix: host.slice(1) } }
      : `"${entry}": ${scheme} is only possible for one named host, not for a wildcard.`;
  }
  if (namePattern.test(host) && !looksNumeric(host))
    return { entry, scheme, port: number, match: { kind: 'name', name: host } };
  return `"${entry}": write a host (lake.contoso.com), *.suffix, host:port, http://host:port, sftp://host:port, an IP address or a range such as 10.1.0.0/16.`;
};

/** Reads an allow-list whose entries are separated by commas or white space; `errors` has one sentence for each entry that is none. */
export const parseAllowedHosts = (text: string): { entries: AllowedHost[]; errors: string[] } => {
  const parsed = text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(parseEntry);
  return {
    entries: parsed.filter((entry) => typeof entry !== 'string'),
    errors: parsed.filter((entry) => typeof entry === 'string'),
  };
};

/** Azure's public and sovereign clouds, and the DNS zones of newer accounts. https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-endpoints */
export const storageHosts = [
  'core.windows.net',
  'core.chinacloudapi.cn',
  'core.usgovcloudapi.net',
  'storage.azure.net',
].flatMap((suffix) => [`*.dfs.${suffix}`, `*.blob.${suffix}`]);

/** Who gives identities their tokens in these clouds, and who knows their roles. https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
const identityHosts = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'management.azure.com',
  'management.usgovcloudapi.net',
  'management.chinacloudapi.cn',
];

/** What may be reached without the operator naming it. */
export const defaultAllowedHosts = [...storageHosts, ...identityHosts];

const isSamePlace = (allowed: AllowedHost, { scheme, port }: Destination): boolean =>
  allowed.scheme === scheme && allowed.port === port;

/** Whether an entry lets a destination's host be asked at all. */
export const reaches = (allowed: AllowedHost, destination: Destination): boolean => {
  if (!isSamePlace(allowed, destination)) return false;
  const { match } = allowed;
  if (match.kind === 'name') return match.name === destination.host;
  if (match.kind === 'suffix') return destination.host.endsWith(match.suffix);
  if (match.kind === 'address') return match.address === bareAddress(destination.host);
  return isInRange(destination.host, match.range);
};

/** Whether an entry lets a destination's host be at this address although it is no public one. */
export const lifts = (allowed: AllowedHost, destination: Destination, address: string): boolean => {
  const { match } = allowed;
  if (match.kind === 'address') return match.address === bareAddress(address) && isSamePlace(allowed, destination);
  if (judgeAddress(address).kind === 'forbidden') return false;
  if (match.kind === 'range') return isInRange(address, match.range);
  return match.kind === 'name' && match.name === destination.host && isSamePlace(allowed, destination);
};
