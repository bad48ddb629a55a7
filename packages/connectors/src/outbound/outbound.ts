import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { bareAddress, judgeAddress } from './address-rules.ts';
import {
  type AllowedHost,
  defaultAllowedHosts,
  lifts,
  parseAllowedHosts,
  reaches,
  type UrlDestination,
} from './allowed-hosts.ts';
import { readDestination } from './destination.ts';
import { guardedAgent } from './guarded-agent.ts';
import { openSocket } from './guarded-socket.ts';
import type { Refusal } from './refusals.ts';
import * as refusals from './refusals.ts';
import { type Resolve, resolveWithin, systemResolve } from './resolve.ts';
import type { ServerIdentity } from './server-identity.ts';

export { type AllowedHost, defaultAllowedHosts, parseAllowedHosts } from './allowed-hosts.ts';
export { guardedFetch } from './guarded-fetch.ts';
export type { Refusal } from './refusals.ts';
export type { Resolve } from './resolve.ts';
export { parseServerIdentityAccounts, type ServerIdentity } from './server-identity.ts';

export type Admission = { admitted: true; addresses: string[] } | { admitted: false; refusal: Refusal };

/** The only way out: every connection that Junction makes on somebody's behalf goes through one of these. */
export type Outbound = {
  /** Decides whether a URL may be reached, resolving its name; the answer names the addresses that were checked. */
  admit(url: string, signal?: AbortSignal): Promise<Admission>;
  /**
   * A new agent whose sockets connect only to this URL's scheme, host and port, and only to addresses that were checked for that very
   * connection; a refused one fails with OutboundRefused. It keeps sockets alive: whoever asked for it destroys it. It follows no redirects,
   * and neither may the client that uses it.
   */
  agentFor(url: string): HttpAgent | HttpsAgent;
  /**
   * A socket to a URL's host and port, for what is not HTTP, such as `sftp://files.contoso.com:22`; to no other address than those that
   * were checked for it. Rejects with OutboundRefused, with what the network says, or with the signal's reason.
   */
  connect(url: string, signal: AbortSignal): Promise<Socket>;
  /** The folder of this machine that connections may use what is below of; undefined when the operator named none. */
  localRoot: string | undefined;
  /** The storage accounts that connections may open with the server's own identity; undefined when the operator named none. */
  serverIdentity: ServerIdentity | undefined;
};

/** What a socket fails with when the guard refuses its address; `code` is the refusal's, as error wrappers keep that. */
export class OutboundRefused extends Error {
  readonly refusal: Refusal;
  readonly code: Refusal['code'];
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'OutboundRefused';
    this.refusal = refusal;
    this.code = refusal.code;
  }
}

/** A name server that has not answered by then is as good as none; checks have 5 s for a step. */
const defaultLookupTimeoutMs = 3_000;

export type OutboundOptions = {
  /** The operator's entries (see AllowedHost); Azure's own hosts are always among the allowed ones. */
  allowedHosts: readonly string[];
  /** Resolves a name to all its addresses; the operating system's resolver when absent. */
  resolve?: Resolve;
  lookupTimeoutMs?: number;
  /** An absolute path. */
  localRoot?: string;
  /** As `parseServerIdentityAccounts` returns them; none when absent or empty. */
  serverIdentityAccounts?: readonly string[];
};

/** The outbound guard. Throws when an entry of the allow-list cannot be read; `parseAllowedHosts` tells beforehand. */
export const createOutbound = ({
  allowedHosts,
  resolve = systemResolve,
  lookupTimeoutMs = defaultLookupTimeoutMs,
  localRoot,
  serverIdentityAccounts = [],
}: OutboundOptions): Outbound => {
  const { entries, errors } = parseAllowedHosts([...defaultAllowedHosts, ...allowedHosts].join('\n'));
  if (errors.length > 0) throw new Error(`The list of allowed hosts is wrong. ${errors.join(' ')}`);

  const admitDestination = async (destination: UrlDestination, signal?: AbortSignal): Promise<Admission> => {
    if (!entries.some((entry) => reaches(entry, destination))) return refused(refusals.ofHost(destination, entries));
    const literal = bareAddress(destination.host);
    const resolved =
      literal === undefined
        ? await resolveWithin(resolve, destination.host, lookupTimeoutMs, signal)
        : { addresses: [literal] };
    if ('failed' in resolved) return refused(refusals.ofLookup(resolved.failed, destination));
    const bad = resolved.addresses.find((address) => !isReachable(entries, destination, address));
    return bad === undefined
      ? { admitted: true, addresses: [...resolved.addresses] }
      : refused(refusals.ofAddress(destination, bad));
  };

  const admit: Outbound['admit'] = async (url, signal) => {
    const destination = readDestination(url);
    return 'refusal' in destination ? refused(destination.refusal) : admitDestination(destination, signal);
  };

  const agentFor: Outbound['agentFor'] = (url) => {
    const destination = readDestination(url);
    if ('refusal' in destination) throw new OutboundRefused(destination.refusal);
    if (destination.scheme === 'sftp') throw new OutboundRefused(refusals.ofScheme(destination));
    return guardedAgent(destination.scheme, async (host, port) => {
      const isOwn = sameHost(host, destination.host) && port === destination.port;
      const admission = isOwn ? await admitDestination(destination) : refused(refusals.ofOtherHost(destination));
      if (!admission.admitted) throw new OutboundRefused(admission.refusal);
      return admission.addresses;
    });
  };

  const connect: Outbound['connect'] = async (url, signal) => {
    const destination = readDestination(url);
    if ('refusal' in destination) throw new OutboundRefused(destination.refusal);
    const admission = await admitDestination(destination, signal);
    signal.throwIfAborted();
    if (!admission.admitted) throw new OutboundRefused(admission.refusal);
    return openSocket(destination, admission.addresses, signal);
  };

  const serverIdentity = serverIdentityAccounts.length === 0 ? undefined : { accounts: serverIdentityAccounts };
  return { admit, agentFor, connect, localRoot, serverIdentity };
};

const refused = (refusal: Refusal): Admission => ({ admitted: false, refusal });

const sameHost = (one: string, other: string): boolean =>
  one.toLowerCase() === other || (bareAddress(one) !== undefined && bareAddress(one) === bareAddress(other));

/** A public address, or one that the operator's list lifts the rules for. */
const isReachable = (entries: readonly AllowedHost[], destination: UrlDestination, address: string): boolean =>
  judgeAddress(address).kind === 'public' || entries.some((entry) => lifts(entry, destination, address));
