import { judgeAddress } from './address-rules.ts';
import type { AllowedHost, UrlDestination } from './allowed-hosts.ts';

/** Why an address may not be reached. The codes are those of the check step `endpoint`. */
export type Refusal = {
  code: 'urlInvalid' | 'schemeRefused' | 'hostNotAllowed' | 'addressRefused' | 'nameNotFound' | 'nameLookupFailed';
  message: string;
  remedy: string;
};

/** The entry with which an operator would allow exactly this destination. */
const entryFor = ({ scheme, host, port, authority }: UrlDestination): string => {
  if (scheme === 'http') return `http://${authority}`;
  return port === 443 ? host : authority;
};

const askOperator = (destination: UrlDestination): string =>
  `If this host is yours, ask whoever runs Junction to add ${entryFor(destination)} to JUNCTION_ALLOWED_HOSTS.`;

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
      remedy: 'Begin the endpoint with https://.',
    };
  }
  return {
    code: scheme === 'http' ? 'schemeRefused' : 'hostNotAllowed',
    message:
      scheme === 'http'
        ? `http is refused for ${authority}: it is possible only for emulators that are on the list of allowed hosts.`
        : `${authority} is not on the list of hosts that Junction may reach.`,
    remedy: `Check the account name and the endpoint. ${askOperator(destination)}`,
  };
};

/** One of the answers for the host is no public address. */
export const ofAddress = (destination: UrlDestination, address: string): Refusal => ({
  code: 'addressRefused',
  message: `${destination.authority} leads to ${address}, ${judgeAddress(address).why}, which Junction may not reach.`,
  remedy:
    judgeAddress(address).kind === 'internal'
      ? `Check the endpoint. If this address is yours, a private endpoint for example, ask whoever runs Junction to add ${address} or its range to JUNCTION_ALLOWED_HOSTS.`
      : 'Check the endpoint: no storage account has this address.',
});

/** The name could not be turned into addresses. */
export const ofLookup = (code: 'nameNotFound' | 'nameLookupFailed', { host }: UrlDestination): Refusal =>
  code === 'nameNotFound'
    ? {
        code,
        message: `There is no host named ${host}.`,
        remedy:
          'Check the spelling of the account name, and under Advanced the endpoint of your cloud. A new account may need a few minutes.',
      }
    : {
        code,
        message: `The name server did not say in time where ${host} is.`,
        remedy: 'Try again. If it stays so, ask whoever runs Junction to look at its DNS.',
      };

/** A socket was asked for another host than its agent was made for, as following a redirect would. */
export const ofOtherHost = ({ authority }: UrlDestination): Refusal => ({
  code: 'hostNotAllowed',
  message: `A connection for ${authority} was about to go to another host.`,
  remedy: 'Check the endpoint: a storage account does not send its clients elsewhere.',
});
