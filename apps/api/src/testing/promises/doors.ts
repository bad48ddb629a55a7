import {
  type Actor,
  type AnyEndpoint,
  type BodyInput,
  can,
  errors,
  type ParamsFor,
  type QueryInput,
  type ResponseOf,
} from '@junction/contracts';
import { purgeRemoved } from '../../features/connections/index.ts';
import type { House } from '../../house.ts';
import type { Asked, Route } from '../../http/asked.ts';
import { bindRoutes } from '../../http/routes.ts';
import { AppError } from '../../platform/app-error.ts';
import { readIfMatch } from '../../platform/versions.ts';
import type { TestClient } from '../client.ts';
import { signedIn } from '../factories.ts';
import type { TestHouse } from '../house.ts';
import { fromAnywhere } from '../races.ts';
import type { Person } from './model.ts';

type Extra<E> = {
  params: ParamsFor<E>;
  query?: Partial<QueryInput<E>>;
  body?: BodyInput<E>;
  ifMatch?: string;
};
type Answer<E> = { status: number; body: ResponseOf<E> };
/** Asks an endpoint as somebody. */
export type Ask = <E extends AnyEndpoint>(person: Person, endpoint: E, extra: Extra<E>) => Promise<Answer<E>>;

/** The way into the product that a run takes. */
export type Door = { ask(environmentId: string): Ask; waitForPurge(): Promise<void> };

type Handler = (actor: Actor, asked: Asked<AnyEndpoint>) => Promise<unknown>;

const dayMs = 86_400_000;
const purgeWith = (house: Pick<House, 'db' | 'clock' | 'env'>) => purgeRemoved(house, new AbortController().signal);

/** Straight to the use cases, by the endpoints' own permission and schemas; a step takes half as long as over HTTP. */
export const directDoor = (testHouse: TestHouse): Door => {
  let offsetMs = 0;
  const house: House = {
    ...testHouse,
    clock: { now: () => new Date(Date.now() + offsetMs) },
    checkLimits: { count: async () => {}, inTurn: (_signal, work) => work() },
  };
  const handlers = new Map<AnyEndpoint, Handler>();
  const bind = (endpoint: AnyEndpoint, handler: Handler) => handlers.set(endpoint, handler);
  bindRoutes(Object.assign(bind, { open: bind }) as unknown as Route, house);

  const answer = async (actor: Actor, endpoint: AnyEndpoint, environmentId: string, extra: Extra<AnyEndpoint>) => {
    if (!can(actor, endpoint.action, environmentId)) return { status: 403 };
    const query = endpoint.query.safeParse(extra.query ?? {});
    const body = endpoint.body?.safeParse(extra.body ?? {});
    if (!query.success || body?.success === false) return { status: 400 };
    const asked = {
      params: extra.params,
      query: query.data,
      body: body?.data,
      expectedVersion: endpoint.needsIfMatch ? readIfMatch(extra.ifMatch) : 'any',
      from: { address: '127.0.0.1', client: 'test' },
      nextLink: (skiptoken: string) => skiptoken,
      signal: new AbortController().signal,
      tell: () => {},
      setSession: () => {},
    } as unknown as Asked<AnyEndpoint>;
    const result = await handlers.get(endpoint)?.(actor, asked);
    return { status: endpoint.status, body: endpoint.response?.parse(result) };
  };
  const ask = (environmentId: string) => async (person: Person, endpoint: AnyEndpoint, extra: Extra<AnyEndpoint>) => {
    const { id, name, role } = person;
    const actor = { id, name, email: '', sessionId: '', memberships: { [environmentId]: role } };
    return answer(actor, endpoint, environmentId, extra).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return { status: errors[error.code][0], body: { ...error.details, code: error.code } };
    });
  };
  return {
    ask: (environmentId) => ask(environmentId) as unknown as Ask,
    waitForPurge: async () => {
      offsetMs += house.env.JUNCTION_UNDO_DAYS * dayMs;
      await purgeWith(house);
      offsetMs = 0;
    },
  };
};

/** Through the front door, signed in. */
export const httpDoor = async (house: TestHouse, people: readonly Person[]): Promise<Door> => {
  const clients = new Map<string, TestClient>();
  for (const { id } of people) clients.set(id, fromAnywhere(await signedIn(house, id)));
  // Nobody is idle as long as the runs pretend that time goes by.
  const stayAwake = () => {
    const now = house.clock.now();
    return house.db.session.updateMany({ data: { lastSeenAt: now, expiresAt: new Date(now.getTime() + dayMs) } });
  };
  const ask = async (person: Person, endpoint: AnyEndpoint, extra: Extra<AnyEndpoint>) => {
    const client = clients.get(person.id);
    if (client === undefined) throw new Error(`${person.name} is not signed in.`);
    const reply = await client(endpoint, extra as Parameters<typeof client>[1]);
    return { status: reply.status, body: reply.body };
  };
  return {
    ask: () => ask as unknown as Ask,
    waitForPurge: async () => {
      house.passSeconds((house.env.JUNCTION_UNDO_DAYS * dayMs) / 1000);
      await stayAwake();
      await purgeWith(house);
    },
  };
};
