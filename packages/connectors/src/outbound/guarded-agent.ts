import { type AgentOptions, type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { lookupOf } from './checked-lookup.ts';

/** Decides about a host at the moment a socket is opened: the addresses it may connect to, or a rejection that the socket then fails with. */
export type Admit = (host: string, port: number) => Promise<readonly string[]>;

type Created = (error: Error | null, stream: Duplex) => void;

/** How long an unused socket is kept; storage closes its side after a few minutes, and a reused dead one would look like a reset. */
const idleSocketMs = 15_000;

/** Sockets an agent opens to one host at a time, so that a check or an export cannot exhaust a small server. */
const maxSockets = 16;

const agentOptions = { keepAlive: true, timeout: idleSocketMs, maxSockets } satisfies AgentOptions;

/**
 * Opens a socket to a checked address. An IP literal would skip the socket's look-up, so it is admitted here like a name.
 * The host in `options` stays as it is: TLS names it in SNI and checks the certificate against it.
 */
const open = <Options extends ClientRequestArgs>(
  admit: Admit,
  options: Options,
  connect: (options: Options) => Duplex | null | undefined,
  created: Created | undefined,
): void => {
  const fail = (error: Error) => (created as ((error: Error) => void) | undefined)?.(error);
  admit(String(options.host ?? options.hostname), Number(options.port))
    .then((addresses) => {
      const socket = connect({ ...options, lookup: lookupOf(addresses) });
      if (socket !== null && socket !== undefined) created?.(null, socket);
    })
    .catch(fail);
};

const destroyed = () => new Error('The connection was closed before it was opened.');

class GuardedHttpAgent extends HttpAgent {
  readonly #admit: Admit;
  #isDestroyed = false;

  constructor(admit: Admit) {
    super(agentOptions);
    this.#admit = admit;
  }

  override createConnection(options: ClientRequestArgs, created?: Created): undefined {
    const connect = (checked: ClientRequestArgs) => {
      if (this.#isDestroyed) throw destroyed();
      return super.createConnection(checked);
    };
    open(this.#admit, options, connect, created);
  }

  override destroy(): void {
    this.#isDestroyed = true;
    super.destroy();
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  readonly #admit: Admit;
  #isDestroyed = false;

  constructor(admit: Admit) {
    super(agentOptions);
    this.#admit = admit;
  }

  override createConnection(options: RequestOptions, created?: Created): undefined {
    const connect = (checked: RequestOptions) => {
      if (this.#isDestroyed) throw destroyed();
      return super.createConnection(checked);
    };
    open(this.#admit, options, connect, created);
  }

  override destroy(): void {
    this.#isDestroyed = true;
    super.destroy();
  }
}

/** An agent for one scheme that opens no socket without asking `admit` first. */
export const guardedAgent = (scheme: 'http' | 'https', admit: Admit): HttpAgent | HttpsAgent =>
  scheme === 'https' ? new GuardedHttpsAgent(admit) : new GuardedHttpAgent(admit);
