import {
  type AnyEndpoint,
  apiRoot,
  type BodyInput,
  type Connection,
  consentTextVersion,
  createConnection,
  createEnvironment,
  createExport,
  createMember,
  deleteConnection,
  type Environment,
  type Export,
  getConnection,
  getConnectionUsage,
  getProfileImport,
  getRun,
  getSampleLake,
  listEntities,
  type NewConnection,
  type NewMember,
  type ParamNames,
  type ParamsFor,
  pathOf,
  type ResponseOf,
  type Run,
  refreshCatalog,
  runExport,
  type SampleLake,
  updateConnection,
} from '@junction/contracts';
import { type APIRequestContext, expect } from '@playwright/test';

type Input<E extends AnyEndpoint> = ([ParamNames<E>] extends [never] ? unknown : { params: ParamsFor<E> }) &
  ([BodyInput<E>] extends [never] ? unknown : { body: BodyInput<E> }) & {
    query?: Record<string, string>;
    ifMatch?: string;
  };

/** Sends a request to the API as whoever `request` is signed in as. A refusal fails the test with the server's words. */
export const ask = async <E extends AnyEndpoint>(
  request: APIRequestContext,
  endpoint: E,
  input: Input<E>,
): Promise<ResponseOf<E>> => {
  const {
    params = {},
    query,
    body,
    ifMatch,
  } = input as { params?: Record<string, string>; query?: Record<string, string>; body?: object; ifMatch?: string };
  const answer = await request.fetch(`${apiRoot}${pathOf(endpoint, params)}`, {
    method: endpoint.method,
    params: query,
    data: body,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });
  const text = await answer.text();
  expect(answer.status(), text).toBe(endpoint.status);
  return (text === '' ? undefined : JSON.parse(text)) as ResponseOf<E>;
};

/** A run of the sample's customers takes two seconds; a busy machine takes a while. */
const runTimeoutMs = 40_000;

type Sample = NonNullable<SampleLake['sample']>;

/** What may differ from a healthy connection to the sample lake. */
type ConnectionWish = Partial<Pick<NewConnection, 'type' | 'sharing'>> & {
  name: string;
  settings?: Record<string, string>;
  secrets?: Record<string, string>;
};

/** Makes, through the API and as the sample admin, what a flow finds when it begins. */
export const prepareAs = (request: APIRequestContext) => {
  const sampleLake = async (): Promise<Sample> => {
    const { sample } = await ask(request, getSampleLake, {});
    if (sample === null) throw new Error('The flows run in demo mode, which brings a sample lake along.');
    return sample;
  };
  return {
    sampleLake,
    environment: (name: string, type: Environment['type'] = 'production') =>
      ask(request, createEnvironment, { body: { name, type } }),
    member: (environmentId: string, member: NewMember) =>
      ask(request, createMember, { params: { environmentId }, body: member }),
    /** A connection to the sample lake; healthy unless what is wished for breaks it. */
    connection: async (environmentId: string, wish: ConnectionWish): Promise<Connection> => {
      const { accountName, accountKey, endpoint, exportsContainer } = await sampleLake();
      return ask(request, createConnection, {
        params: { environmentId },
        body: {
          name: wish.name,
          type: wish.type ?? 'adls-gen2',
          sharing: wish.sharing ?? { sharedWith: 'admins', personIds: [] },
          settings: {
            accountName,
            endpoint,
            container: exportsContainer,
            authentication: 'sharedKey',
            ...wish.settings,
          },
          secrets: { accountKey, ...wish.secrets },
          consent: { accepted: true, textVersion: consentTextVersion },
          saveAnyway: true,
        },
      });
    },
    /** A connection to the sample lake that entities are read from; resolves when its catalog is there. */
    source: async (environmentId: string, name: string): Promise<Connection> => {
      const { accountName, accountKey, endpoint, container, entityFolder } = await sampleLake();
      const connection = await ask(request, createConnection, {
        params: { environmentId },
        body: {
          name,
          type: 'adls-gen2',
          settings: {
            accountName,
            endpoint,
            container,
            authentication: 'sharedKey',
            readsEntities: true,
            entityFolder,
          },
          secrets: { accountKey },
          consent: { accepted: true, textVersion: consentTextVersion },
        },
      });
      const { params } = { params: { environmentId, connectionId: connection.id } };
      await ask(request, refreshCatalog, { params });
      return connection;
    },
    /** A connection to the sample's customers, who these people may see beside the sample admin; resolves when their report is there. */
    profiles: async (environmentId: string, name: string, personIds: string[] = []): Promise<Connection> => {
      const { accountName, accountKey, endpoint, container, entityFolder } = await sampleLake();
      const connection = await ask(request, createConnection, {
        params: { environmentId },
        body: {
          name,
          type: 'audience-insights',
          settings: {
            accountName,
            endpoint,
            environmentId: entityFolder.replace(/^ci_/, ''),
            environmentFolder: `${container}/${entityFolder}`,
            authentication: 'sharedKey',
          },
          secrets: { accountKey },
          consent: { accepted: true, textVersion: consentTextVersion },
          profiles: {
            mapping: {
              gender: 'Gender',
              birthDate: 'BirthDate',
              country: 'Country',
              city: 'City',
              postalCode: 'PostalCode',
              income: 'AnnualIncome',
            },
            personIds,
          },
        },
      });
      const params = { environmentId, connectionId: connection.id };
      const read = () => ask(request, getProfileImport, { params });
      await expect.poll(async () => (await read()).status, { timeout: runTimeoutMs }).toBe('active');
      return connection;
    },
    /** An export of the sample's customers over a connection, daily at eight. */
    export: async (connection: Pick<Connection, 'environmentId' | 'id'>, name: string): Promise<Export> => {
      const params = { environmentId: connection.environmentId };
      const { value } = await ask(request, listEntities, { params });
      const customer = value.find((entity) => entity.name === 'Customer');
      if (customer === undefined) throw new Error('The environment has no source with the sample lake.');
      return ask(request, createExport, {
        params,
        body: {
          name,
          connectionId: connection.id,
          entities: [{ entityId: customer.id }],
          schedule: { isOn: true, plan: { type: 'daily', times: ['08:00'], timeZone: 'Europe/Berlin' } },
        },
      });
    },
    /** A run of an export, when it is over, however it ended. */
    run: async ({ environmentId, id: exportId }: Pick<Export, 'environmentId' | 'id'>): Promise<Run> => {
      const { id: runId } = await ask(request, runExport, { params: { environmentId, exportId } });
      const read = () => ask(request, getRun, { params: { environmentId, runId } });
      await expect.poll(async () => (await read()).finishedAt, { timeout: runTimeoutMs }).not.toBeNull();
      return read();
    },
    /** Gives a connection the key that the sample lake has. */
    repair: async ({ environmentId, id }: Pick<Connection, 'environmentId' | 'id'>) => {
      const { accountKey } = await sampleLake();
      const params = { environmentId, connectionId: id };
      return ask(request, updateConnection, { params, body: { secrets: { accountKey } }, ifMatch: '*' });
    },
    /** Removes a connection together with whatever depends on it. */
    remove: async ({ environmentId, id }: Pick<Connection, 'environmentId' | 'id'>) => {
      const params = { environmentId, connectionId: id };
      const { etag } = await ask(request, getConnectionUsage, { params });
      return ask(request, deleteConnection, { params, query: { usage: etag }, ifMatch: '*' });
    },
    /** A connection as it is now. */
    read: ({ environmentId, id }: Pick<Connection, 'environmentId' | 'id'>) =>
      ask(request, getConnection, { params: { environmentId, connectionId: id } }),
  };
};

export type Prepare = ReturnType<typeof prepareAs>;

/** A key in the right form that opens nothing. */
export const wrongAccountKey = `${'A'.repeat(86)}==`;
