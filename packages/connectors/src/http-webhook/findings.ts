import type { CheckStep } from '@junction/contracts';
import type { Verdict } from '../check-run.ts';
import { StoreError } from '../connector.ts';
import type { AuthenticationKind } from './fields.ts';
import type { WebhookStep } from './manifest.ts';

/** What findings put into their sentences. Nothing secret is ever a fact, and nothing of what a receiver answered but its status. */
export type Facts = {
  /** Who was asked: the receiver, or the service that gives tokens for it. */
  asked: 'receiver' | 'tokenService';
  /** Its host (and port). */
  host: string;
  authentication: AuthenticationKind;
  signs: boolean;
  compresses: boolean;
  status?: number;
  /** Sentences of the outbound guard. */
  refusal?: string;
  refusalRemedy?: string;
};

/** One thing that a step or a delivery can find: a row of the table in the README. */
export type Finding = {
  steps: readonly WebhookStep[];
  status: CheckStep['status'];
  /** A failure that may pass by itself. */
  isTransient?: true;
  message: (facts: Facts) => string;
  remedy?: (facts: Facts) => string;
  /** The form's field to correct. */
  field?: (facts: Facts) => string;
};

const findingTable = <const Code extends string>(table: Record<Code, Finding>): Record<Code, Finding> => table;

const anyRequest = ['connect', 'authenticate', 'deliver'] as const;

const addressField = ({ asked }: Facts): string => (asked === 'receiver' ? 'settings.url' : 'settings.tokenUrl');

const credentialFields = {
  none: 'settings.authentication',
  basic: 'secrets.password',
  bearer: 'secrets.token',
  apiKey: 'secrets.apiKey',
  query: 'secrets.query',
  oauth2: 'settings.scope',
} as const satisfies Record<AuthenticationKind, string>;

const credentialField = ({ authentication, signs }: Facts): string =>
  authentication === 'none' && signs ? 'secrets.signingSecret' : credentialFields[authentication];

const credentials = {
  none: 'a delivery without a sign-in',
  basic: 'the user name and password',
  bearer: 'the token',
  apiKey: 'the API key',
  query: 'the key in the address',
  oauth2: 'the access token',
} as const satisfies Record<AuthenticationKind, string>;

const signInRemedies = {
  none: 'Choose the authentication that the receiver asks for.',
  basic: 'Enter the user name and password that the receiver knows.',
  bearer: 'Enter a token that the receiver accepts; this one may have expired.',
  apiKey: 'Enter the API key that the receiver knows, and the name of the header that it looks in.',
  query: 'Copy the address of the receiver again; its key may have been replaced.',
  oauth2: 'Enter the scope and audience that the receiver expects, and let the client use it.',
} as const satisfies Record<AuthenticationKind, string>;

const signInRemedy = ({ authentication, signs }: Facts): string => {
  if (!signs) return signInRemedies[authentication];
  return authentication === 'none'
    ? 'Enter the signing secret that the receiver has, or choose the authentication that it asks for.'
    : `${signInRemedies[authentication]} If the receiver checks signatures, compare the signing secret too.`;
};

const fromGuard =
  (fallback: string) =>
  ({ refusal }: Facts): string =>
    refusal ?? fallback;
const guardRemedy =
  (fallback: string) =>
  ({ refusalRemedy }: Facts): string =>
    refusalRemedy ?? fallback;

/** Finding the receiver and the token service, and reaching them. */
const reachFindings = findingTable({
  endpointFound: {
    steps: ['endpoint'],
    status: 'passed',
    message: ({ host }) => `${host} exists and may be reached.`,
  },
  urlInvalid: {
    steps: ['endpoint'],
    status: 'failed',
    field: addressField,
    message: fromGuard('The address is not a URL.'),
    remedy: guardRemedy('Enter a complete URL.'),
  },
  schemeRefused: {
    steps: ['endpoint'],
    status: 'failed',
    field: addressField,
    message: fromGuard('Only https is possible.'),
    remedy: guardRemedy('Begin the address with https://, or have it added to JUNCTION_ALLOWED_HOSTS.'),
  },
  hostNotAllowed: {
    steps: ['endpoint'],
    status: 'failed',
    field: addressField,
    message: fromGuard('The host is not on the list of hosts that Junction may reach.'),
    remedy: guardRemedy('Check the address, or have the host added to JUNCTION_ALLOWED_HOSTS.'),
  },
  addressRefused: {
    steps: ['endpoint'],
    status: 'failed',
    field: addressField,
    message: fromGuard('The host leads to a private or otherwise special address.'),
    remedy: guardRemedy('Check the address, or have it added to JUNCTION_ALLOWED_HOSTS.'),
  },
  nameNotFound: {
    steps: ['endpoint'],
    status: 'failed',
    field: addressField,
    message: fromGuard('There is no host with this name.'),
    remedy: guardRemedy('Check the spelling of the host. The machine that runs Junction must be able to resolve it.'),
  },
  nameLookupFailed: {
    steps: ['endpoint'],
    status: 'failed',
    isTransient: true,
    message: fromGuard('The name server did not answer in time.'),
    remedy: guardRemedy('Try again; if it stays so, look at the DNS of the machine that runs Junction.'),
  },
  connected: {
    steps: ['connect'],
    status: 'passed',
    message: ({ host }) => `${host} takes connections.`,
  },
  addressChanged: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `The address of ${host} changed between two look-ups, and the new one is refused.`,
    remedy: () =>
      'Look at who answers for this name in your DNS. Junction connects only to the address it has checked.',
  },
  connectionRefused: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `Nothing listens at ${host}.`,
    remedy: () => 'Start the receiver, correct the port, or look at the firewall between Junction and the receiver.',
  },
  connectionReset: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `The connection to ${host} was cut in the middle.`,
    remedy: () =>
      'Try again. If it stays so, look at proxies and firewalls in between, and at how long a body the receiver takes.',
  },
  hostUnreachable: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `There is no way to ${host} from the network that Junction runs in.`,
    remedy: () => 'Look at routes, VPN and private endpoints of the machine that runs Junction.',
  },
  noAnswer: {
    steps: anyRequest,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `${host} did not answer in time.`,
    remedy: () =>
      'Let the receiver answer as soon as it has kept the rows, and work on them afterwards. If it never answers, look at the firewall.',
  },
  certificateExpired: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `The TLS certificate of ${host} is not valid at this time.`,
    remedy: () => 'Renew the certificate of the receiver; check also the clock of the machine that runs Junction.',
  },
  certificateNotTrusted: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `The TLS certificate of ${host} comes from an authority that Junction does not trust.`,
    remedy: () =>
      'Give the receiver a certificate of a public authority, or start Junction with NODE_EXTRA_CA_CERTS naming the root certificate of yours.',
  },
  certificateForOtherHost: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `The TLS certificate that came from ${host} is for another host.`,
    remedy: () => 'Check the address, and whether your DNS sends this name to another server.',
  },
  tlsFailed: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `${host} and Junction could not agree on TLS.`,
    remedy: () => 'The receiver must offer TLS 1.2 or newer on this port.',
  },
  notHttp: {
    steps: anyRequest,
    status: 'failed',
    field: addressField,
    message: ({ host }) => `What answers at ${host} does not speak HTTP.`,
    remedy: () => 'Check host, port and scheme of the address.',
  },
  redirected: {
    steps: ['authenticate', 'deliver'],
    status: 'failed',
    field: addressField,
    message: ({ host, status }) => `${host} sends to another address (HTTP ${status}). Junction does not follow.`,
    remedy: () => 'Enter the address itself that posts are accepted at.',
  },
});

/** Signing in at the receiver, and getting tokens for it. */
const signInFindings = findingTable({
  credentialAccepted: {
    steps: ['authenticate'],
    status: 'passed',
    message: ({ host, authentication }) => `${host} accepts ${credentials[authentication]}.`,
  },
  credentialNotJudged: {
    steps: ['authenticate'],
    status: 'skipped',
    message: ({ host, status }) => `${host} did not say whether it accepts Junction (HTTP ${status}).`,
  },
  credentialMissing: {
    steps: ['authenticate'],
    status: 'failed',
    field: ({ authentication }) =>
      authentication === 'oauth2' ? 'secrets.clientSecret' : credentialFields[authentication],
    message: () => 'What signs in is not set.',
    remedy: () => 'Enter it, or choose another authentication.',
  },
  credentialRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: credentialField,
    message: ({ host, authentication, status }) =>
      `${host} does not accept ${credentials[authentication]} (HTTP ${status}).`,
    remedy: signInRemedy,
  },
  accessRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: credentialField,
    message: ({ host, status }) => `${host} does not let Junction post there (HTTP ${status}).`,
    remedy: (facts) => `Give Junction the right to post in the receiver. ${signInRemedy(facts)}`,
  },
  clientRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: () => 'secrets.clientSecret',
    message: ({ host }) => `${host} does not accept the client ID and secret.`,
    remedy: ({ host }) =>
      `Enter the client ID and secret that ${host} knows; secrets expire. If they are right, look at "Send the client secret in the body" under Advanced.`,
  },
  grantRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: () => 'settings.clientId',
    message: ({ host }) => `${host} does not give this client tokens of its own.`,
    remedy: () => 'Allow the client credentials grant for this client, and let it use the audience.',
  },
  scopeRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: () => 'settings.scope',
    message: ({ host }) => `${host} does not give tokens for this scope or audience.`,
    remedy: () => 'Enter the scope and audience as the token service spells them.',
  },
  tokenRequestRefused: {
    steps: ['authenticate'],
    status: 'failed',
    field: () => 'settings.tokenUrl',
    message: ({ host, status }) => `${host} refused to give a token (HTTP ${status}).`,
    remedy: () => 'Check the token URL, the scope and the audience; some services want one of the two.',
  },
  tokenUnreadable: {
    steps: ['authenticate'],
    status: 'failed',
    field: () => 'settings.tokenUrl',
    message: ({ host }) => `${host} answered, but not with a bearer token.`,
    remedy: () => 'Check the token URL: it is the one that takes POST, not the page that people sign in at.',
  },
});

/** Answers to a delivery. */
const deliveryFindings = findingTable({
  delivered: {
    steps: ['deliver'],
    status: 'passed',
    message: ({ host }) => `${host} accepted a delivery without rows.`,
  },
  requestRefused: {
    steps: ['deliver'],
    status: 'failed',
    message: ({ host, status }) => `${host} refused the delivery (HTTP ${status}).`,
    remedy: () => 'Look into the log of the receiver: it did not like something about the request.',
  },
  addressMissing: {
    steps: ['deliver'],
    status: 'failed',
    field: addressField,
    message: ({ host, status }) => `${host} has nothing at this path (HTTP ${status}).`,
    remedy: () => 'Correct the path of the address.',
  },
  addressGone: {
    steps: ['deliver'],
    status: 'failed',
    field: addressField,
    message: ({ host, status }) => `${host} says that the receiver is gone for good (HTTP ${status}).`,
    remedy: () => 'Enter the address of the receiver that took its place, or detach the exports.',
  },
  methodRefused: {
    steps: ['deliver'],
    status: 'failed',
    field: addressField,
    message: ({ host, status }) => `${host} takes no POST at this path (HTTP ${status}).`,
    remedy: () => 'Correct the path of the address, or let the receiver take POST.',
  },
  batchTooLarge: {
    steps: ['deliver'],
    status: 'failed',
    field: () => 'settings.batchRows',
    message: ({ host, status }) => `The delivery is longer than ${host} takes (HTTP ${status}).`,
    remedy: () => 'Put fewer rows into a delivery, under Advanced, or let the receiver take bodies of a megabyte.',
  },
  typeRefused: {
    steps: ['deliver'],
    status: 'failed',
    field: ({ compresses }) => (compresses ? 'settings.compresses' : 'settings.url'),
    message: ({ host, compresses, status }) =>
      `${host} does not take ${compresses ? 'application/x-ndjson with gzip' : 'application/x-ndjson'} (HTTP ${status}).`,
    remedy: ({ compresses }) =>
      `Let the receiver take this content type${compresses ? ' and encoding, or switch off Compress' : ''}.`,
  },
  rowsRefused: {
    steps: ['deliver'],
    status: 'failed',
    message: ({ host, status }) => `${host} does not accept what is in the delivery (HTTP ${status}).`,
    remedy: () => 'Look into the log of the receiver, and compare the columns of the export with what it expects.',
  },
  stillProcessing: {
    steps: ['deliver'],
    status: 'failed',
    isTransient: true,
    message: ({ host, status }) =>
      `${host} is still busy with an earlier attempt of the same delivery (HTTP ${status}).`,
    remedy: () => 'Nothing to do but wait. A receiver that already has a delivery answers 2xx to its repetition.',
  },
  requestTimedOut: {
    steps: ['deliver'],
    status: 'failed',
    isTransient: true,
    message: ({ host, status }) => `${host} gave up waiting for the delivery (HTTP ${status}).`,
    remedy: () => 'Try again. If it stays so, put fewer rows into a delivery, under Advanced.',
  },
  throttled: {
    steps: ['authenticate', 'deliver'],
    status: 'failed',
    isTransient: true,
    message: ({ host, status }) => `${host} asks to come back later (HTTP ${status}).`,
    remedy: () => 'Nothing to do but wait. If it happens often, let the receiver take more, or export less often.',
  },
  receiverError: {
    steps: ['authenticate', 'deliver'],
    status: 'failed',
    isTransient: true,
    message: ({ host, status }) => `${host} had an error of its own (HTTP ${status}).`,
    remedy: () => 'Look into its log.',
  },
  unexpected: {
    steps: anyRequest,
    status: 'failed',
    message: () => 'Something happened that Junction has no name for.',
    remedy: () => 'Try again. If it stays so, report it with the time of this check.',
  },
});

/** Everything that a check of a webhook and a delivery can find, by its stable code. */
export const findings = { ...reachFindings, ...signInFindings, ...deliveryFindings };

export type FindingCode = keyof typeof findings;

/** The verdict of a step that found this. */
export const verdictOf = (code: FindingCode, facts: Facts): Verdict => {
  const { status, message, remedy, field, isTransient }: Finding = findings[code];
  const text = remedy?.(facts);
  return {
    status,
    code,
    message: message(facts),
    remedy: text === undefined ? undefined : { text },
    field: field?.(facts),
    isTransient,
  };
};

/** Why nothing was delivered, as deliveries reject with it; `verdict` is the same for a check. */
export class WebhookError extends StoreError {
  readonly verdict: Verdict;
  constructor(code: FindingCode, facts: Facts, retryAfterMs?: number) {
    const verdict = verdictOf(code, facts);
    const { message, remedy, isTransient = false } = verdict;
    super({ code, message, remedy: remedy?.text, isTransient, retryAfterMs });
    this.verdict = verdict;
  }
}
