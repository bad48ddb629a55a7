import { judgeAddress } from './address-rules.ts';
import { type AllowedHost, storageHosts, type UrlDestination } from './allowed-hosts.ts';

/** Why an address may not be reached. The codes are those of the check step `endpoint`. */
export type Refusal = {
  code: 'urlInvalid' | 'schemeRefused' | 'hostNotAllowed' | 'addressRefused' | 'nameNotFound' | 'nameLookupFailed';
  message: string;
  remedy: string;
};

/** The entry with which an operator would allow exactly this destination. */
const entryFor = ({ scheme, host, port, authority }: UrlDestination): string => {
  if (scheme !== 'https') return `${scheme}://${authority}`;
  return port === 443 ? host : authority;
};

const askOperator = (destination: UrlDestination): string =>
  `If this server is yours, ask whoever runs Junction to add ${entryFor(destination)} to JUNCTION_ALLOWED_HOSTS.`;

/** Such a host is made of the name of a storage account. All others are told of in words that fit any server. */
const isStorage = ({ scheme, host }: UrlDestination): boolean =>
  scheme !== 'sftp' && storageHosts.some((entry) => host.endsWith(entry.slice(1)));

/** What somebody who set the connection up looks at again. */
const whatToCheck = (destination: UrlDestination): string =>
  isStorage(destination) ? 'Check the account name and the endpoint.' : 'Check the address of the server.';

/** The host, in this scheme and on this port, is on no list. */
export const ofHost = (destination: UrlDestination, entries: readonly AllowedHost[]): Refusal => {
  const { scheme, authority } = destination;
  const isKnownOverHttps = entries.some(
    ({ match }) =>
      (match.kind === 'name' && match.name === destination.host) ||
      (match.kind === 'suffix' && destination.host.endsWith(match.suffix)),
  );
  if (scheme === 'http' && isKnownOverHttps) {
    return {
      code: 'schemeRefused',
      message: `${authority} may be reached over https only.`,
      remedy: 'Begin the address with https://.',
    };
  }
  return {
    code: scheme === 'http' ? 'schemeRefused' : 'hostNotAllowed',
    message:
      scheme === 'http'
        ? `http is refused for ${authority}: it is possible only for hosts that are on the list of allowed hosts with http://.`
        : `${authority} is not on the list of hosts that Junction may reach.`,
    remedy: `${whatToCheck(destination)} ${askOperator(destination)}`,
  };
};

/** One of the answers for the host is no public address. */
export const ofAddress = (destination: UrlDestination, address: string): Refusal => ({
  code: 'addressRefused',
  message: `${destination.authority} leads to ${address}, ${judgeAddress(address).why}, which Junction may not reach.`,
  remedy:
    judgeAddress(address).kind === 'internal'
      ? `${whatToCheck(destination)} If this address is yours, ${isStorage(destination) ? 'a private endpoint' : 'in a private network'} for example, ask whoever runs Junction to add ${address} or its range to JUNCTION_ALLOWED_HOSTS.`
      : `${whatToCheck(destination)} Nothing that Junction connects to has this address.`,
});

/** The name could not be turned into addresses. */
export const ofLookup = (code: 'nameNotFound' | 'nameLookupFailed', destination: UrlDestination): Refusal =>
  code === 'nameNotFound'
    ? {
        code,
        message: `There is no host named ${destination.host}.`,
        remedy: isStorage(destination)
          ? 'Check the spelling of the account name, and under Advanced the endpoint of your cloud. A new account may need a few minutes.'
          : 'Check the spelling of the address. The machine that runs Junction must be able to resolve it.',
      }
    : {
        code,
        message: `The name server did not say in time where ${destination.host} is.`,
        remedy: 'Try again. If it stays so, ask whoever runs Junction to look at its DNS.',
      };

/** A socket was asked for another host than its agent was made for, as following a redirect would. */
export const ofOtherHost = ({ authority }: UrlDestination): Refusal => ({
  code: 'hostNotAllowed',
  message: `A connection for ${authority} was about to go to another host.`,
  remedy: 'Check the address: Junction does not follow where a host sends it.',
});

/** A URL of a protocol that is not HTTP was given where HTTP is spoken. */
export const ofScheme = ({ scheme, authority }: UrlDestination): Refusal => ({
  code: 'schemeRefused',
  message: `${authority} was given with ${scheme}, where https is spoken.`,
  remedy: 'Begin the address with https://.',
});
