import { advice, type Facts, findingTable, hostField } from './finding.ts';

const endpointSteps = ['endpoint'] as const;
const connectSteps = ['connect'] as const;

/** A failure of the network can hit a later request as well as the first one. */
const anyRequest = ['connect', 'authenticate', 'account', 'container', 'folder', 'write'] as const;

const fromGuard =
  (fallback: string) =>
  ({ refusal }: Facts) =>
    refusal ?? fallback;
const guardRemedy =
  (fallback: string) =>
  ({ refusalRemedy }: Facts) => ({ text: refusalRemedy ?? fallback });

/** `endpoint` and `connect`: finding the account, and reaching it. */
export const reachFindings = findingTable({
  endpointFound: {
    steps: endpointSteps,
    status: 'passed',
    message: ({ host }) => `${host} exists and may be reached.`,
  },
  endpointAccountMismatch: {
    steps: endpointSteps,
    status: 'failed',
    field: () => 'settings.endpoint',
    message: ({ account, host }) => `The endpoint ${host} belongs to another account than ${account}.`,
    remedy: advice('Correct the account name or the endpoint under Advanced, so that both name the same account.'),
  },
  urlInvalid: {
    steps: endpointSteps,
    status: 'failed',
    field: hostField,
    message: fromGuard('The endpoint is not a URL.'),
    remedy: guardRemedy('Enter a complete URL.'),
  },
  schemeRefused: {
    steps: endpointSteps,
    status: 'failed',
    field: hostField,
    message: fromGuard('Only https is possible.'),
    remedy: guardRemedy('Begin the endpoint with https://, or have the emulator added to JUNCTION_ALLOWED_HOSTS.'),
  },
  hostNotAllowed: {
    steps: endpointSteps,
    status: 'failed',
    field: hostField,
    message: fromGuard('The host is not on the list of hosts that Junction may reach.'),
    remedy: guardRemedy('Check the endpoint, or have the host added to JUNCTION_ALLOWED_HOSTS.'),
  },
  addressRefused: {
    steps: endpointSteps,
    status: 'failed',
    field: hostField,
    message: fromGuard('The host leads to a private or otherwise special address.'),
    remedy: guardRemedy('Check the endpoint, or have the address added to JUNCTION_ALLOWED_HOSTS.'),
  },
  nameNotFound: {
    steps: endpointSteps,
    status: 'failed',
    field: hostField,
    message: fromGuard('There is no host with this name, so most likely no such account.'),
    remedy: guardRemedy('Check the spelling of the account name, and the endpoint of your cloud.'),
  },
  nameLookupFailed: {
    steps: endpointSteps,
    status: 'failed',
    isTransient: true,
    message: fromGuard('The name server did not answer in time.'),
    remedy: guardRemedy('Try again; if it stays so, look at the DNS of the machine that runs Junction.'),
  },
  connected: {
    steps: connectSteps,
    status: 'passed',
    message: ({ host }) => `${host} answers, and it is Azure Storage.`,
  },
  addressChanged: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ refusal }) =>
      `The address changed between two look-ups, and the new one is refused. ${refusal ?? ''}`.trim(),
    remedy: advice(
      'Look at who answers for this name in your DNS. Junction connects only to the address it has checked.',
    ),
  },
  connectionRefused: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `Nothing listens at ${host}.`,
    remedy: advice(
      'Start the emulator, or correct the port in the endpoint. For Azure itself: look at the firewall between Junction and the account.',
    ),
  },
  connectionReset: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `The connection to ${host} was cut in the middle.`,
    remedy: advice('Try again. If it stays so, look at proxies and firewalls between Junction and the account.'),
  },
  hostUnreachable: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `There is no way to ${host} from the network that Junction runs in.`,
    remedy: advice('Look at routes, VPN and private endpoints of the machine that runs Junction.'),
  },
  noAnswer: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `${host} did not answer in time.`,
    remedy: advice(
      'Try again. If it stays so, let the firewall pass outgoing connections from Junction to this host on its port.',
    ),
  },
  certificateExpired: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `The TLS certificate of ${host} is not valid at this time.`,
    remedy: advice('Renew the certificate of the endpoint; check also the clock of the machine that runs Junction.'),
  },
  certificateNotTrusted: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `The TLS certificate of ${host} comes from an authority that Junction does not trust.`,
    remedy: advice(
      'If a proxy of your organisation inspects TLS, start Junction with NODE_EXTRA_CA_CERTS naming its root certificate; else check the endpoint.',
    ),
  },
  certificateForOtherHost: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `The TLS certificate that came from ${host} is for another host.`,
    remedy: advice('Check the endpoint, and whether your DNS sends this name to another server.'),
  },
  tlsFailed: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `${host} and Junction could not agree on TLS.`,
    remedy: advice(
      'If this is an emulator without TLS, begin the endpoint with http://; else the server must offer TLS 1.2 or newer.',
    ),
  },
  notHttp: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `What answers at ${host} does not speak HTTP.`,
    remedy: advice('Check host, port and scheme of the endpoint.'),
  },
  notStorage: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host, status }) => `${host} answers (HTTP ${status}), but it is not Azure Storage.`,
    remedy: advice(
      'Check the endpoint. If it is right, a proxy or a sign-in page of the network answers in place of the account: let Junction pass it.',
    ),
  },
  redirected: {
    steps: anyRequest,
    status: 'failed',
    field: hostField,
    message: ({ host, status }) =>
      `${host} sends to another address (HTTP ${status}). Junction does not follow, as storage never does this.`,
    remedy: advice(
      'Enter the endpoint of the account itself; a proxy or a sign-in page of the network may stand in between.',
    ),
  },
  versionNotSupported: {
    steps: connectSteps,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `${host} does not know the version of the storage protocol that Junction speaks.`,
    remedy: advice(
      'Update the emulator, or start it so that it skips its version check (Azurite: --skipApiVersionCheck).',
    ),
  },
});
