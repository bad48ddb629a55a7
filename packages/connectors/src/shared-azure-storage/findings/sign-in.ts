import type { AuthenticationKind } from '../authentications.ts';
import { advice, findingTable, secretField } from './finding.ts';
import { giveRole, roleCommand } from './role-command.ts';

const steps = ['authenticate'] as const;

const credentials: Readonly<Record<AuthenticationKind, string>> = {
  sharedKey: 'account key',
  sas: 'SAS token',
  servicePrincipalSecret: 'client secret',
  servicePrincipalCertificate: 'certificate',
  serverIdentity: 'identity',
};

/** `authenticate`: whether the key or the SAS token is accepted, and if not, why. */
export const signInFindings = findingTable({
  keyAccepted: { steps, status: 'passed', message: ({ account }) => `The account key of ${account} is accepted.` },
  sasAccepted: { steps, status: 'passed', message: () => 'The SAS token is accepted.' },
  credentialMissing: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ authentication }) => `No ${credentials[authentication]} is set.`,
    remedy: advice('Enter it, or choose the other kind of authentication.'),
  },
  accountKeyWrong: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ account }) => `The account key is not one of the two keys of ${account}.`,
    remedy: ({ account }) => ({
      text: 'Copy key1 or key2 again from Security + networking > Access keys. After a rotation the old key stops working.',
      command: `az storage account keys list --account-name ${account} --query "[0].value" --output tsv`,
    }),
  },
  accountKeyRefused: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ account, errorCode }) =>
      `${account} accepts the account key, but does not let it do what Junction asked for (${errorCode}).`,
    remedy: advice(
      'Azure lets an account key do everything, so look at what answers in its place: check the endpoint and any proxy or emulator behind it, or use a SAS token.',
    ),
  },
  sharedKeyDisabled: {
    steps,
    status: 'failed',
    field: () => 'settings.authentication',
    message: ({ account }) => `The account ${account} does not allow account keys, nor SAS tokens signed with one.`,
    remedy: ({ account }) => ({
      text: 'Use a service principal or a user delegation SAS token, or set "Allow storage account key access" to Enabled under Settings > Configuration.',
      command: `az storage account update --name ${account} --allow-shared-key-access true`,
    }),
  },
  clockSkew: {
    steps,
    status: 'failed',
    message: ({ minutes }) =>
      `The clock of the machine that runs Junction is ${minutes} minutes off; storage accepts at most 15.`,
    remedy: () => ({
      text: 'Set the clock of the machine that runs Junction, best by NTP.',
      command: 'sudo timedatectl set-ntp true',
    }),
  },
  firewallBlocked: {
    steps,
    status: 'failed',
    message: ({ account, host }) => `The network rules of ${account} do not let Junction in (${host}).`,
    remedy: ({ account }) => ({
      text: 'Add the public address of the machine that runs Junction under Security + networking > Networking, or give it a private endpoint.',
      command: `az storage account network-rule add --account-name ${account} --ip-address <address of the Junction server>`,
    }),
  },
  accountDisabled: {
    steps,
    status: 'failed',
    message: ({ account }) => `The account ${account} is disabled.`,
    remedy: advice(
      'Look at the state of the subscription in the Azure portal; a subscription without payment disables its accounts.',
    ),
  },
  accountNotFound: {
    steps,
    status: 'failed',
    field: () => 'settings.accountName',
    message: ({ account, host }) => `There is no account "${account}" at ${host}.`,
    remedy: advice('Check the account name and, under Advanced, the endpoint.'),
  },
  anonymousRefused: {
    steps,
    status: 'failed',
    field: secretField,
    message: () => 'Storage did not recognise the credential at all.',
    remedy: advice('Paste the account key or the SAS token again.'),
  },
  sasExpired: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ when }) => `The SAS token expired${when === undefined ? '' : ` on ${when}`}.`,
    remedy: ({ account, container }) => ({
      text: 'Make a new SAS token and paste it here.',
      command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions racwdl --https-only --expiry <date>`,
    }),
  },
  sasNotYetValid: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ when }) => `The SAS token is not valid yet${when === undefined ? '' : `; it starts on ${when}`}.`,
    remedy: advice('Wait until then, or make a SAS token without a start time.'),
  },
  sasSignatureWrong: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ account, container }) =>
      `The signature of the SAS token does not fit ${account}/${container}: the token is for another place, was changed, or its key was rotated.`,
    remedy: ({ account, container }) => ({
      text: 'Make a new SAS token for this account and container, and paste it whole.',
      command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions racwdl --https-only --expiry <date>`,
    }),
  },
  sasPolicyNotFound: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ container }) =>
      `The SAS token names a stored access policy that ${container} does not have (any more).`,
    remedy: ({ account, container }) => ({
      text: 'Create the policy again, or make a new SAS token.',
      command: `az storage container policy list --account-name ${account} --container-name ${container}`,
    }),
  },
  sasServiceMissing: {
    steps,
    status: 'failed',
    field: secretField,
    message: () => 'The SAS token is for other services of the account than Blob.',
    remedy: advice('Make the SAS token with the allowed service Blob ("ss" must contain b; it covers Data Lake too).'),
  },
  sasResourceTypeMissing: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ missing }) => `The SAS token does not reach ${missing ?? 'files'}.`,
    remedy: advice(
      'Make the SAS token with the allowed resource types Container and Object ("srt" must contain c and o).',
    ),
  },
  sasPermissionMissing: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ missing }) => `The SAS token lacks a permission: ${missing ?? 'read'}.`,
    remedy: ({ account, container }) => ({
      text: 'Make a SAS token with read, add, create, write, delete and list. A token that a person signed (user delegation) can do no more than they may: give them the role "Storage Blob Data Contributor" on the container.',
      command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions racwdl --https-only --expiry <date>`,
    }),
  },
  sasAddressRefused: {
    steps,
    status: 'failed',
    field: secretField,
    message: () => 'The SAS token may only be used from other addresses than that of the machine that runs Junction.',
    remedy: advice(
      'Make a SAS token whose allowed IP addresses ("sip") include the public address of Junction, or none at all.',
    ),
  },
  sasProtocolRefused: {
    steps,
    status: 'failed',
    field: secretField,
    message: () => 'The SAS token may only be used over https, and the endpoint is http.',
    remedy: advice(
      'Begin the endpoint with https://, or for an emulator make a SAS token that allows https and http ("spr=https,http").',
    ),
  },
  roleMissing: {
    steps,
    status: 'failed',
    field: ({ identity, ...facts }) => (identity === undefined ? secretField(facts) : 'settings.container'),
    message: ({ identity, container }) =>
      `${identity ?? 'Whoever signed the SAS token'} has no role that lets ${identity === undefined ? 'them' : 'it'} read data in ${container}.`,
    remedy: (facts) => ({ text: giveRole(facts), command: roleCommand(facts) }),
  },
});
