import { advice, type Facts, findingTable, hostField } from './finding.ts';

/** A connection can break whenever it is used. */
const anyTime = ['connect', 'hostKey', 'authenticate', 'folder', 'write'] as const;
const handshake = ['connect', 'hostKey'] as const;

const fromGuard =
  (fallback: string) =>
  ({ refusal }: Facts) =>
    refusal ?? fallback;
const guardRemedy =
  (fallback: string) =>
  ({ refusalRemedy }: Facts) => ({ text: refusalRemedy ?? fallback });

/** `resolve` and `connect`: finding the host, and reaching SSH on it. */
export const reachFindings = findingTable({
  hostFound: {
    steps: ['resolve'],
    status: 'passed',
    message: ({ host }) => `${host} exists and may be reached.`,
  },
  urlInvalid: {
    steps: ['resolve'],
    status: 'failed',
    field: hostField,
    message: fromGuard('This is not a host.'),
    remedy: guardRemedy('Enter the host alone, such as files.contoso.com.'),
  },
  schemeRefused: {
    steps: ['resolve'],
    status: 'failed',
    field: hostField,
    message: fromGuard('SFTP is not possible with this host.'),
    remedy: guardRemedy('Have the host added to JUNCTION_ALLOWED_HOSTS, with sftp:// in front.'),
  },
  hostNotAllowed: {
    steps: ['resolve'],
    status: 'failed',
    field: hostField,
    message: fromGuard('The host is not on the list of hosts that Junction may reach.'),
    remedy: guardRemedy('Check the host, or have it added to JUNCTION_ALLOWED_HOSTS, with sftp:// in front.'),
  },
  addressRefused: {
    steps: ['resolve'],
    status: 'failed',
    field: hostField,
    message: fromGuard('The host leads to a special address, which Junction may not reach.'),
    remedy: guardRemedy('Check the host, or have the address added to JUNCTION_ALLOWED_HOSTS.'),
  },
  nameNotFound: {
    steps: ['resolve'],
    status: 'failed',
    field: hostField,
    message: fromGuard('There is no host with this name.'),
    remedy: guardRemedy('Check the spelling of the host. The machine that runs Junction must be able to resolve it.'),
  },
  nameLookupFailed: {
    steps: ['resolve'],
    status: 'failed',
    isTransient: true,
    message: fromGuard('The name server did not answer in time.'),
    remedy: guardRemedy('Try again; if it stays so, look at the DNS of the machine that runs Junction.'),
  },
  addressChanged: {
    steps: ['connect'],
    status: 'failed',
    field: hostField,
    message: ({ refusal }) =>
      `The address changed between two look-ups, and the new one is refused. ${refusal ?? ''}`.trim(),
    remedy: advice(
      'Look at who answers for this name in your DNS. Junction connects only to the address it has checked.',
    ),
  },
  connected: {
    steps: ['connect'],
    status: 'passed',
    message: ({ host }) => `${host} answers, and it speaks SSH.`,
  },
  connectionRefused: {
    steps: ['connect'],
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `Nothing listens at ${host}.`,
    remedy: advice('Start the SSH server, or correct the port.'),
  },
  connectionReset: {
    steps: anyTime,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `The connection to ${host} was lost in the middle.`,
    remedy: advice('Try again. If it stays so, look into the log of the SSH server, and at the firewalls in between.'),
  },
  hostUnreachable: {
    steps: ['connect'],
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `There is no way to ${host} from the network that Junction runs in.`,
    remedy: advice('Look at routes and VPN of the machine that runs Junction.'),
  },
  noAnswer: {
    steps: anyTime,
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `${host} did not answer in time.`,
    remedy: advice(
      'Try again. If it stays so, let the firewall pass outgoing connections from Junction to this host on its port.',
    ),
  },
  closedEarly: {
    steps: ['connect'],
    status: 'failed',
    isTransient: true,
    message: ({ host }) => `${host} took the connection and closed it without a word.`,
    remedy: advice(
      'Check the port. If it is right, the server may have banned the address of Junction (fail2ban, hosts.deny) or have too many connections (MaxStartups).',
    ),
  },
  notSsh: {
    steps: ['connect'],
    status: 'failed',
    field: () => 'settings.port',
    message: ({ host }) => `What answers at ${host} does not speak SSH.`,
    remedy: advice(
      'Check host and port. SFTP is not FTP with TLS: it usually is on port 22, and what is on port 21 is not SFTP.',
    ),
  },
  noCommonAlgorithm: {
    steps: handshake,
    status: 'failed',
    field: hostField,
    message: ({ host, what }) => `${host} and Junction have no ${what} in common.`,
    remedy: advice(
      'Update the SSH server, or let it offer an algorithm that counts as safe today, such as curve25519-sha256, ssh-ed25519, aes256-gcm@openssh.com and hmac-sha2-256.',
    ),
  },
  protocolBroken: {
    steps: anyTime,
    status: 'failed',
    field: hostField,
    message: ({ host }) => `${host} broke the rules of SSH.`,
    remedy: advice('Update the SSH server, and look for a device in between that changes what passes it.'),
  },
  hostKeyKnown: {
    steps: ['hostKey'],
    status: 'passed',
    message: ({ fingerprint, keyType }) => `The host key is the one that is expected: ${fingerprint} (${keyType}).`,
  },
  hostKeyLearned: {
    steps: ['hostKey'],
    status: 'passed',
    message: ({ fingerprint, keyType }) =>
      `The host shows the key ${fingerprint} (${keyType}). It is kept when you save; from then on no other key is accepted.`,
  },
  hostKeyChanged: {
    steps: ['hostKey'],
    status: 'failed',
    field: () => 'settings.hostKeyFingerprint',
    message: ({ fingerprint, keyType, pinned }) =>
      `The host shows the key ${fingerprint} (${keyType}), but ${pinned} is expected. Nothing was sent to it.`,
    remedy: ({ hostName, port }) => ({
      text: 'Somebody may stand in between and read along: ask whoever runs the server which key it has. If it was given another one on purpose, clear the fingerprint under Advanced and verify again.',
      command: `ssh-keyscan -p ${port} ${hostName} | ssh-keygen -lf -`,
    }),
  },
  hostKeyUnproven: {
    steps: ['hostKey'],
    status: 'failed',
    field: hostField,
    message: ({ host }) => `${host} showed a key, but could not prove that it has it.`,
    remedy: advice('Somebody may stand in between. Ask whoever runs the server, and do not sign in until it is clear.'),
  },
});
