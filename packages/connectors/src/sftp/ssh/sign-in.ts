import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { SftpFailure } from '../failure.ts';
import type { SftpPlace } from '../place.ts';
import { readPrivateKey } from './private-key.ts';

/** One turn of signing in: what the host would take now, or null before it has said so. */
export type Turn = { methods: readonly string[] | null; isPartial: boolean };

/** Decides what to try in a turn, or gives up with a failure. Ask it once for each turn. */
export type NextAttempt = (turn: Turn) => AnyAuthMethod | SftpFailure;

type Login = SftpPlace['login'];
type Credential = { password: string } | { key: ParsedKey };

/** The credential in use; throws when it is missing, or a key that cannot be opened. */
const credentialOf = ({ authentication, password, privateKey, passphrase }: Login): Credential => {
  if (authentication === 'password') {
    if (password === undefined) throw new SftpFailure('credentialMissing');
    return { password };
  }
  if (privateKey === undefined) throw new SftpFailure('credentialMissing');
  return { key: readPrivateKey(privateKey, passphrase) };
};

/** Many servers ask for the password in this way only; whatever else they ask needs a person. */
const answering = (username: string, password: string, giveUp: (failure: SftpFailure) => void): AnyAuthMethod => {
  let isAnswered = false;
  return {
    type: 'keyboard-interactive',
    username,
    prompt: (_name, _instructions, _language, prompts, finish) => {
      const isForPassword = prompts.length === 1 && prompts[0]?.echo !== true && !isAnswered;
      isAnswered = true;
      if (isForPassword) finish([password]);
      else giveUp(new SftpFailure('interactiveOnly'));
    },
  };
};

/**
 * Signs in with one credential, sent once. First it asks what the host would take, so that nothing secret goes to one that would not take it.
 * `giveUp` ends an attempt in the middle. Throws when there is nothing to sign in with.
 */
export const attemptsOf = (login: Login, giveUp: (failure: SftpFailure) => void): NextAttempt => {
  const username = login.userName;
  const credential = credentialOf(login);
  let isSent = false;

  const offered = (methods: readonly string[]): AnyAuthMethod | SftpFailure => {
    if ('password' in credential) {
      if (methods.includes('password')) return { type: 'password', username, password: credential.password };
      if (methods.includes('keyboard-interactive')) return answering(username, credential.password, giveUp);
    } else {
      if (methods.includes('publickey')) return { type: 'publickey', username, key: credential.key };
      if (methods.every((method) => method === 'keyboard-interactive')) return new SftpFailure('interactiveOnly');
    }
    return new SftpFailure('methodRefused', { what: methodsInWords(methods) });
  };

  return ({ methods, isPartial }) => {
    if (methods === null) return { type: 'none', username };
    if (isPartial) return new SftpFailure('secondFactorWanted', { what: methodsInWords(methods) });
    if (isSent) return new SftpFailure('password' in credential ? 'passwordWrong' : 'keyRefused');
    isSent = true;
    return offered(methods);
  };
};

/** RFC 4252 and 4256, as they are called in configurations; what a server makes up is not repeated. */
const knownMethods = ['publickey', 'password', 'keyboard-interactive', 'hostbased', 'gssapi-with-mic'];

const methodsInWords = (methods: readonly string[]): string =>
  methods.filter((method) => knownMethods.includes(method)).join(', ') || 'nothing that Junction knows';
