import type {
  Actor,
  AnyEndpoint,
  BodyOutput,
  EventOf,
  ParamsFor,
  QueryOutput,
  ResponseInput,
} from '@junction/contracts';
import type { NextLink } from '../platform/keyset.ts';
import type { ExpectedVersion } from '../platform/versions.ts';

/** Where a request came from, as far as it is worth keeping. */
export type From = { address: string; client: string };

/** A request after everything about it was checked: what a use case is given besides the house and the actor. */
export type Asked<E> = {
  params: ParamsFor<E>;
  query: QueryOutput<E>;
  body: BodyOutput<E>;
  /** The versions that If-Match named. `any` where the endpoint does not ask for one, or the client sent `*`. */
  expectedVersion: ExpectedVersion;
  from: From;
  /** The address of this list from `skiptoken` on. */
  nextLink: NextLink;
  /** Fires when the client has gone away. */
  signal: AbortSignal;
  /** The client takes events, and as many as there are. */
  wantsEvents: boolean;
  /** Tells a client that asked for events; does nothing for one that waits for the whole answer. */
  tell(event: EventOf<E>): void;
  /** Gives the browser a session, or takes it away. */
  setSession(session: { token: string; expiresAt: Date } | null): void;
  /** What a browser that comes back from an identity provider was sent there with. */
  signInToken: string | undefined;
  /** Gives the browser such a token, or takes it away. */
  setSignInToken(attempt: { token: string; expiresAt: Date } | null): void;
};

export type Handler<E, Who> = (actor: Who, asked: Asked<E>) => Promise<ResponseInput<E>>;

/** Binds endpoints to use cases. `open` is for the few that nobody need be signed in for. */
export type Route = {
  <E extends AnyEndpoint>(endpoint: E, handler: Handler<E, Actor>): void;
  open<E extends AnyEndpoint>(endpoint: E, handler: Handler<E, Actor | null>): void;
};
