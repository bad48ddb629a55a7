import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { failureOfClose, failureOfSsh, type Stage } from './handshake-failure.ts';

const silent = new Socket();
const talking = Object.defineProperty(new Socket(), 'bytesRead', { value: 7 });
const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);

it.each<[string, object, Stage, string]>([
  ['Too many authentication failures', { code: 2 }, 'signIn', 'tooManyFailures'],
  ['Protocol error', { code: 2 }, 'signIn', 'signInEnded'],
  ['No supported authentication methods available', { code: 14 }, 'signIn', 'signInEnded'],
  ['Too many connections', { code: 12 }, 'keys', 'closedEarly'],
  ['Going down', { code: 11 }, 'open', 'connectionReset'],
  ['Keepalive timeout', { level: 'client-timeout' }, 'open', 'noAnswer'],
  ['read ECONNRESET', { level: 'client-socket', code: 'ECONNRESET' }, 'open', 'connectionReset'],
  ['Handshake failed: no matching key exchange algorithm', { level: 'handshake' }, 'keys', 'noCommonAlgorithm'],
  ['Handshake failed: no matching C->S cipher', { level: 'handshake' }, 'keys', 'noCommonAlgorithm'],
  ['Handshake failed: signature verification failed', { level: 'handshake' }, 'keys', 'hostKeyUnproven'],
  ['Bad packet length', { level: 'protocol' }, 'keys', 'protocolBroken'],
])('%s', (message, more, stage, code) => {
  expect(failureOfSsh(error(message, more), stage, talking).code).toBe(code);
});

it('names what the two sides could not agree on', () => {
  const messages = ['no matching host key format', 'no matching S->C MAC'].map((text) => `Handshake failed: ${text}`);
  expect(messages.map((message) => failureOfSsh(error(message), 'keys', talking).about.what)).toEqual([
    'host key format',
    'MAC',
  ]);
});

it('tells a host that is silent from one that is not SSH', () => {
  expect(failureOfSsh(error('Connection lost before handshake'), 'greeting', talking).code).toBe('notSsh');
  expect(failureOfSsh(error('Connection lost before handshake'), 'greeting', silent).code).toBe('closedEarly');
  expect(failureOfClose('greeting', silent).code).toBe('closedEarly');
  expect(failureOfClose('keys', talking).code).toBe('connectionReset');
  expect(failureOfClose('signIn', talking).code).toBe('signInEnded');
});
