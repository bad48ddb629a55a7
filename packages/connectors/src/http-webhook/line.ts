import { once } from 'node:events';
import type { Agent } from 'node:http';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { StoreError } from '../connector.ts';
import { isRefusal, networkCauseOf } from '../outbound/network-cause.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { type Facts, WebhookError } from './findings.ts';
import { type Answer, post } from './post.ts';

/** The way to one address: only where the guard lets it lead, with a deadline for each request, and with failures in words. */
export type Line = {
  facts: Facts;
  /** Asks the guard. */
  admit(signal: AbortSignal): Promise<void>;
  /** Opens a connection, to see whether it can be, and closes it. */
  connect(signal: AbortSignal): Promise<void>;
  post(headers: Readonly<Record<string, string>>, body: Uint8Array, signal: AbortSignal): Promise<Answer>;
  /** Closes the connections; what is under way fails. */
  close(): void;
};

/** Why a request brought no answer. `ending` is its own signal, whose reason tells a time-out. */
const errorOf = (error: unknown, ending: AbortSignal, facts: Facts): Error => {
  if (error instanceof StoreError) return error;
  if (ending.aborted) return new WebhookError('noAnswer', facts);
  if (isRefusal(error)) return new WebhookError('addressChanged', facts);
  return new WebhookError(networkCauseOf(error) ?? 'unexpected', facts);
};

/** Speaks TLS over a connection until it is agreed on. */
const secure = async (options: ConnectionOptions, signal: AbortSignal): Promise<void> => {
  const secured = connectTls(options);
  try {
    await once(secured, 'secureConnect', { signal });
  } finally {
    // What comes after is of no interest, but would end the process without a listener.
    secured.on('error', () => undefined);
    secured.destroy();
  }
};

/** `closing` fires when whoever opened the line is done with it. */
export const openLine = (
  url: string,
  outbound: Outbound,
  { closing, deadlineMs, ...about }: Omit<Facts, 'host'> & { closing: AbortSignal; deadlineMs: number },
): Line => {
  const { host, hostname, protocol } = new URL(url);
  const facts: Facts = { ...about, host };
  let agent: Agent | undefined;
  let isAdmitted = false;

  const within = async <Value>(signal: AbortSignal, work: (ending: AbortSignal) => Promise<Value>): Promise<Value> => {
    const given = AbortSignal.any([signal, closing]);
    given.throwIfAborted();
    const ending = AbortSignal.any([given, AbortSignal.timeout(deadlineMs)]);
    try {
      const value = await work(ending);
      given.throwIfAborted();
      return value;
    } catch (error) {
      given.throwIfAborted();
      throw errorOf(error, ending, facts);
    }
  };

  /** The sockets ask the guard again; this is for saying why in its words. */
  const admit = async (signal: AbortSignal): Promise<void> => {
    if (isAdmitted) return;
    const admission = await outbound.admit(url, signal);
    signal.throwIfAborted();
    if (!admission.admitted) {
      const { code, message, remedy } = admission.refusal;
      throw new WebhookError(code, { ...facts, refusal: message, refusalRemedy: remedy });
    }
    isAdmitted = true;
  };

  return {
    facts,
    admit: (signal) => within(signal, admit),
    connect: (signal) =>
      within(signal, async (ending) => {
        const socket = await outbound.connect(url, ending);
        const name = hostname.replace(/^\[|\]$/g, '');
        const servername = isIP(name) === 0 ? name : undefined;
        try {
          if (protocol === 'https:') await secure({ socket, host: name, servername }, ending);
        } finally {
          socket.destroy();
        }
      }),
    post: (headers, body, signal) =>
      within(signal, async (ending) => {
        await admit(ending);
        agent ??= outbound.agentFor(url);
        return post(agent, url, headers, body, ending);
      }),
    close: () => agent?.destroy(),
  };
};
