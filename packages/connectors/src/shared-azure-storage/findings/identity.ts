import type { Remedy } from '@junction/contracts';
import { advice, type Facts, findingTable, secretField } from './finding.ts';
import { giveRole, roleCommand } from './role-command.ts';

const steps = ['authenticate'] as const;

const seconds = ({ retryAfterSeconds }: Facts): string =>
  retryAfterSeconds === undefined ? '' : ` (in ${retryAfterSeconds} seconds)`;

/** The identity that a message is about, in the middle of a sentence or at its end. */
const who = ({ identity }: Facts): string => identity ?? 'The identity';

const authority = ({ authorityHost }: Facts): string => authorityHost ?? 'The authority';

const newSecret = ({ clientId }: Facts): Remedy => ({
  text: 'Make a new secret under Certificates & secrets of the app registration, paste its value here, and note its day of expiry.',
  command: `az ad app credential reset --id ${clientId ?? '<client ID>'} --append --years 1`,
});

const newCertificate = ({ clientId }: Facts): Remedy => ({
  text: 'Upload this certificate under Certificates & secrets of the app registration, or paste one that is there, with its private key.',
  command: `az ad app credential reset --id ${clientId ?? '<client ID>'} --append --cert @certificate.pem`,
});

/** `authenticate`, where no key but an identity opens the account: whether it gets a token, and whether the token is taken. */
export const identityFindings = findingTable({
  identityAccepted: {
    steps,
    status: 'passed',
    message: (facts) => `${who(facts)} is accepted by ${facts.account}.`,
  },
  identityNeedsHttps: {
    steps,
    status: 'failed',
    field: () => 'settings.endpoint',
    message: ({ host }) =>
      `${host} is reached over http, where a token could be read on its way. Identities need https.`,
    remedy: advice('Begin the endpoint with https://, or choose an account key for an emulator without TLS.'),
  },
  tenantUnknown: {
    steps,
    status: 'failed',
    field: () => 'settings.tenantId',
    message: (facts) => `${authority(facts)} knows no tenant "${facts.tenantId ?? ''}" (${facts.errorCode}).`,
    remedy: () => ({
      text: 'Copy the Directory (tenant) ID from the Overview of the app registration. A tenant of another cloud needs the endpoint of that cloud.',
      command: 'az account show --query tenantId --output tsv',
    }),
  },
  clientUnknown: {
    steps,
    status: 'failed',
    field: () => 'settings.clientId',
    message: (facts) =>
      `${who(facts)} does not exist: the tenant has no application with this ID (${facts.errorCode}).`,
    remedy: ({ clientId }) => ({
      text: 'Copy the Application (client) ID from the Overview of the app registration, not its object ID, and check the tenant. In a tenant that is not its own the application needs a service principal.',
      command: `az ad sp show --id ${clientId ?? '<client ID>'}`,
    }),
  },
  clientDisabled: {
    steps,
    status: 'failed',
    field: () => 'settings.clientId',
    message: (facts) => `${who(facts)} is disabled (${facts.errorCode}).`,
    remedy: ({ clientId }) => ({
      text: 'Under Enterprise applications > Properties, set "Enabled for users to sign in?" to Yes, or use another application.',
      command: `az ad sp update --id ${clientId ?? '<client ID>'} --set accountEnabled=true`,
    }),
  },
  clientSecretWrong: {
    steps,
    status: 'failed',
    field: () => 'secrets.clientSecret',
    message: (facts) => `${who(facts)} was given a client secret that is not one of its secrets (${facts.errorCode}).`,
    remedy: newSecret,
  },
  clientSecretExpired: {
    steps,
    status: 'failed',
    field: () => 'secrets.clientSecret',
    message: (facts) => `The client secret has expired. ${who(facts)} needs a new one (${facts.errorCode}).`,
    remedy: newSecret,
  },
  clientCertificateUnreadable: {
    steps,
    status: 'failed',
    field: () => 'secrets.certificate',
    message: () => 'The certificate or its private key cannot be read.',
    remedy: advice('Paste both again, each whole from -----BEGIN to -----END.'),
  },
  clientCertificateKeyMismatch: {
    steps,
    status: 'failed',
    field: () => 'secrets.certificate',
    message: () => 'The private key is not the one of the certificate.',
    remedy: advice('Paste the certificate that was made with this key, or the key of this certificate.'),
  },
  clientCertificateExpired: {
    steps,
    status: 'failed',
    field: () => 'secrets.certificate',
    message: (facts) =>
      `The certificate has expired${facts.when === undefined ? '' : ` on ${facts.when}`}. ${who(facts)} needs a new one.`,
    remedy: (facts) => ({
      ...newCertificate(facts),
      text: 'Make a new certificate, upload it under Certificates & secrets of the app registration, and paste it here with its private key.',
    }),
  },
  clientCertificateNotRegistered: {
    steps,
    status: 'failed',
    field: () => 'secrets.certificate',
    message: (facts) => `${who(facts)} does not have this certificate (${facts.errorCode}).`,
    remedy: newCertificate,
  },
  clientClockSkew: {
    steps,
    status: 'failed',
    message: ({ minutes, errorCode }) =>
      `What Junction signed with the certificate is not valid at this time (${errorCode}): the clock of the machine that runs Junction is ${minutes ?? 'some'} minutes off.`,
    remedy: () => ({
      text: 'Set the clock of the machine that runs Junction, best by NTP.',
      command: 'sudo timedatectl set-ntp true',
    }),
  },
  conditionalAccess: {
    steps,
    status: 'failed',
    message: (facts) => `${who(facts)} is kept out by a Conditional Access policy of the tenant (${facts.errorCode}).`,
    remedy: advice(
      'Ask whoever runs the tenant to let this workload identity in from the public address of Junction: the sign-in logs of Entra, under Service principal sign-ins, name the policy.',
    ),
  },
  federatedCredentialMissing: {
    steps,
    status: 'failed',
    message: (facts) =>
      `${who(facts)} has no federated credential for the token that the server was given (${facts.errorCode}).`,
    remedy: advice(
      'Ask whoever runs Junction to compare issuer, subject and audience of the federated credential with the service account that Junction runs as.',
    ),
  },
  tokenNotGiven: {
    steps,
    status: 'failed',
    field: secretField,
    message: (facts) => `${who(facts)} was given no token (${facts.errorCode}).`,
    remedy: ({ errorCode }) => ({
      text: `Look up what the code means at https://login.microsoftonline.com/error?code=${errorCode?.replace('AADSTS', '') ?? ''} and in the sign-in logs of Entra.`,
    }),
  },
  authorityNotAllowed: {
    steps,
    status: 'failed',
    field: () => 'settings.authority',
    message: ({ refusal, authorityHost }) =>
      refusal ?? `Junction may not reach ${authorityHost}, which gives the tokens.`,
    remedy: ({ refusalRemedy }) => ({
      text: refusalRemedy ?? 'Check the authority under Advanced, or have its host added to JUNCTION_ALLOWED_HOSTS.',
    }),
  },
  authorityUnreachable: {
    steps,
    status: 'failed',
    isTransient: true,
    message: (facts) => `${authority(facts)}, which gives the tokens, could not be reached (${facts.errorCode}).`,
    remedy: advice(
      'Try again. If it stays so, let the firewall pass connections from Junction to this host on port 443; for an authority of your own, its certificate has to be trusted too (NODE_EXTRA_CA_CERTS).',
    ),
  },
  authorityError: {
    steps,
    status: 'failed',
    isTransient: true,
    message: (facts) => `${authority(facts)}, which gives the tokens, had an error of its own (${facts.errorCode}).`,
    remedy: advice('Try again. If it stays so, look at https://status.azure.com.'),
  },
  authorityThrottled: {
    steps,
    status: 'failed',
    isTransient: true,
    message: (facts) => `${authority(facts)}, which gives the tokens, asks to come back later${seconds(facts)}.`,
    remedy: advice('Nothing to do but wait. If it happens often, look what else asks for tokens of this identity.'),
  },
  authorityNotEntra: {
    steps,
    status: 'failed',
    field: () => 'settings.authority',
    message: (facts) =>
      `What answers at ${facts.authorityHost ?? 'the authority'} gives no tokens as Microsoft Entra does.`,
    remedy: advice(
      'Check the authority under Advanced. If it is right, a proxy or a sign-in page of the network answers in its place: let Junction pass it.',
    ),
  },
  serverIdentityOff: {
    steps,
    status: 'failed',
    field: () => 'settings.authentication',
    message: () =>
      "The server's own identity may open no storage account: whoever runs Junction has not switched it on.",
    remedy: ({ account }) => ({
      text: `Ask whoever runs Junction to name ${account} in JUNCTION_SERVER_IDENTITY_ACCOUNTS, or choose another authentication.`,
    }),
  },
  serverIdentityAccountNotListed: {
    steps,
    status: 'failed',
    field: () => 'settings.accountName',
    message: ({ account, host }) => `The server's own identity may not open ${account} at ${host}.`,
    remedy: ({ account, hasCustomEndpoint }) => ({
      text: `Ask whoever runs Junction to add ${hasCustomEndpoint ? 'the whole endpoint' : account} to JUNCTION_SERVER_IDENTITY_ACCOUNTS, or choose another authentication.`,
    }),
  },
  serverIdentityUnavailable: {
    steps,
    status: 'failed',
    field: () => 'settings.authentication',
    message: () =>
      'Nothing around the server gives it an identity: neither a federated token (AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID, AZURE_CLIENT_ID) nor a managed identity (IDENTITY_ENDPOINT, or the metadata service at 169.254.169.254).',
    remedy: advice(
      'Run Junction where Azure gives it an identity, and switch that on there: a virtual machine, App Service or Container Apps with a managed identity, or AKS with workload identity.',
    ),
  },
  tokenRefused: {
    steps,
    status: 'failed',
    message: (facts) =>
      `${facts.account} does not take the token of ${facts.identity === undefined ? 'the identity' : facts.identity.replace(/^The/, 'the')} (${facts.errorCode}).`,
    remedy: advice(
      'Check that the account is in the tenant that the identity is of, and in the cloud of the endpoint. If both are right, look at the clock of the machine that runs Junction.',
    ),
  },
  roleTooWeak: {
    steps: ['folder', 'write'],
    status: 'failed',
    message: (facts) => `${who(facts)} has no role that lets it write in ${facts.container} (${facts.errorCode}).`,
    remedy: (facts) => ({ text: giveRole(facts), command: roleCommand(facts) }),
  },
  roleElsewhere: {
    steps,
    status: 'failed',
    message: (facts) =>
      `${who(facts)} has the role "${facts.roleThere}", but for ${facts.scopeThere}, not for the container ${facts.container} of ${facts.account}.`,
    remedy: (facts) => ({ text: giveRole(facts), command: roleCommand(facts) }),
  },
});
