import { advice, findingTable, secretField } from './finding.ts';

const steps = ['authenticate'] as const;
const userField = () => 'settings.userName';
const keyField = () => 'secrets.privateKey';
const passphraseField = () => 'secrets.passphrase';

/** `authenticate`: why a credential is not accepted, or cannot even be used. */
export const signInFindings = findingTable({
  passwordAccepted: {
    steps,
    status: 'passed',
    message: ({ userName }) => `The password of ${userName} is accepted.`,
  },
  keyAccepted: {
    steps,
    status: 'passed',
    message: ({ userName }) => `The key of ${userName} is accepted.`,
  },
  credentialMissing: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ authentication }) => `No ${authentication === 'password' ? 'password' : 'private key'} is set.`,
    remedy: advice('Enter it, or choose the other kind of authentication.'),
  },
  passwordWrong: {
    steps,
    status: 'failed',
    field: () => 'secrets.password',
    message: ({ host, userName }) => `${host} does not accept the password of ${userName}.`,
    remedy: advice('Enter the password again, and check the user name. The account may also be locked.'),
  },
  keyRefused: {
    steps,
    status: 'failed',
    field: keyField,
    message: ({ host, userName }) => `${host} does not accept this key for ${userName}.`,
    remedy: () => ({
      text: 'Add the public key to the file authorized_keys of this user, with permissions that only the user can write, or paste the key that is already there.',
      command: 'ssh-keygen -y -f <private key> >> ~/.ssh/authorized_keys',
    }),
  },
  keyUnreadable: {
    steps,
    status: 'failed',
    field: keyField,
    message: () => 'The private key cannot be read: it is cut short, or in a format that Junction does not know.',
    remedy: () => ({
      text: 'Paste the whole file again. If it stays so, bring the key into the format of OpenSSH.',
      command: 'ssh-keygen -p -f <private key>',
    }),
  },
  passphraseMissing: {
    steps,
    status: 'failed',
    field: passphraseField,
    message: () => 'The private key is encrypted, and no passphrase is set.',
    remedy: advice('Enter the passphrase of the key.'),
  },
  passphraseWrong: {
    steps,
    status: 'failed',
    field: passphraseField,
    message: () => 'The passphrase does not open the private key.',
    remedy: advice('Enter the passphrase that the key was encrypted with. If nobody knows it, make a new key.'),
  },
  passphraseTooSlow: {
    steps,
    status: 'failed',
    field: keyField,
    message: ({ what }) => `The private key is encrypted with ${what} rounds, which takes too long to open.`,
    remedy: () => ({
      text: 'Encrypt it again with fewer rounds.',
      command: 'ssh-keygen -p -a 16 -f <private key>',
    }),
  },
  methodRefused: {
    steps,
    status: 'failed',
    field: () => 'settings.authentication',
    message: ({ host, userName, authentication, what }) =>
      `${host} lets ${userName} not in with a ${authentication === 'password' ? 'password' : 'key'}. It offers: ${what}.`,
    remedy: advice('Choose the other kind of authentication, or let the server allow this one for the user.'),
  },
  interactiveOnly: {
    steps,
    status: 'failed',
    field: userField,
    message: ({ host, userName }) => `${host} asks ${userName} questions that only a person can answer.`,
    remedy: advice(
      'Use a user who may sign in with a key alone, or a password alone: nobody is there to enter codes while an export runs.',
    ),
  },
  secondFactorWanted: {
    steps,
    status: 'failed',
    field: userField,
    message: ({ host, userName, authentication, what }) =>
      `${host} accepted the ${authentication === 'password' ? 'password' : 'key'} of ${userName}, but wants more: ${what}.`,
    remedy: advice('Let the server accept one factor for this user (AuthenticationMethods in OpenSSH).'),
  },
  passwordExpired: {
    steps,
    status: 'failed',
    field: () => 'secrets.password',
    message: ({ host, userName }) => `${host} wants ${userName} to choose a new password.`,
    remedy: advice('Sign in there once by hand, choose a new password, and enter it here.'),
  },
  tooManyFailures: {
    steps,
    status: 'failed',
    field: secretField,
    message: ({ host, userName }) =>
      `${host} has seen too many failed attempts of ${userName}, and ended the connection.`,
    remedy: advice(
      'Correct the credential before you try again; the server may lock the user or ban the address of Junction for a while.',
    ),
  },
  signInEnded: {
    steps,
    status: 'failed',
    field: userField,
    message: ({ host, userName }) => `${host} ended the connection instead of letting ${userName} in.`,
    remedy: advice(
      'Look into the log of the SSH server: the user may be locked, have no valid shell, or not be allowed from this address.',
    ),
  },
});
