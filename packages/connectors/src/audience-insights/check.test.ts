import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { accountSas, containerOf, flatAccount, lakeAccount, lakeKey } from '../testing/lake-subject.ts';
import { type CheckOptions, failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { storeErrorOf } from '../testing/store-errors.ts';
import { audienceInsightsConnector } from './connector.ts';
import { findings } from './findings.ts';
import { openInsightsSource } from './read-source.ts';
import {
  allColumns,
  environmentId,
  folder,
  insightsContainer,
  modelJson,
  openInsightsWorld,
} from './testing/insights-world.ts';

const world = await openInsightsWorld();
const { lake, put, target, urlOf } = world;
const outbound = createOutbound({ allowedHosts: [lake.url] });
const otherId = '00000000-1111-4222-8333-444444444444';

afterEach(() => lake.clearFaults());
afterAll(() => lake.close());

/** A folder of its own for a test, with one model.json. */
const inFolder = async (name: string, entities: Parameters<typeof modelJson>[0], more = {}): Promise<RawTarget> => {
  await put({ [`${name}/model.json`]: modelJson(entities, more) });
  return target({ environmentFolder: `${insightsContainer}/${name}` });
};

/** Customers with one file. */
const customersIn = async (name: string, columns: readonly string[] = allColumns): Promise<RawTarget> => {
  await put({ [`${name}/customers.csv`]: 'CustomerId\n1\n' });
  return inFolder(name, [{ columns, locations: [urlOf(`${name}/customers.csv`)] }]);
};

const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * 24 * 60 * 60 * 1000) });

const check = async (checked: RawTarget, options: CheckOptions = {}) => {
  const before = lake.requests().length;
  const { result, events } = await runCheck(audienceInsightsConnector, checked, { outbound, ...options });
  const output = JSON.stringify([result, events]);
  for (const secret of Object.values(checked.secrets)) {
    expect(output).not.toContain(secret);
    expect(output).not.toContain(new URLSearchParams(secret).get('sig') ?? secret);
  }
  // Whatever the credential may do and whatever is wrong, nothing but reading is tried.
  const methods = lake
    .requests()
    .slice(before)
    .map(({ method }) => method);
  expect(methods).not.toEqual([]);
  expect(methods.filter((method) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  return { result, stepOf: (name: string) => result.steps.find(({ step }) => step === name) };
};

type Case = {
  code: string;
  step: string;
  given: () => Promise<RawTarget>;
  options?: CheckOptions;
  says?: string;
  field?: string;
};

const good: Case[] = [
  { step: 'authenticate', code: 'keyAccepted', given: async () => target(), says: 'could also write' },
  {
    step: 'authenticate',
    code: 'sasAccepted',
    given: async () => target({ authentication: 'sas' }, { sasToken: accountSas({ permissions: 'rl' }) }),
  },
  {
    step: 'authenticate',
    code: 'sasCanWrite',
    given: async () => target({ authentication: 'sas' }, { sasToken: accountSas() }),
    says: 'read and list are enough',
  },
  { step: 'folder', code: 'folderFound', given: async () => target(), says: folder },
  { step: 'metadata', code: 'metadataRead', given: async () => target(), says: '1 entity in 1 file' },
  {
    step: 'metadata',
    code: 'metadataReadInPart',
    given: async () => {
      await put({ 'part/broken/model.json': '{', 'part/whole/customers.csv': 'x\n' });
      await put({ 'part/whole/model.json': modelJson([{ locations: [urlOf('part/whole/customers.csv')] }]) });
      return target({ environmentFolder: `${insightsContainer}/part` });
    },
    says: 'broken/model.json: The file is not JSON',
  },
  { step: 'environment', code: 'environmentMatches', given: async () => target(), says: environmentId },
  {
    step: 'environment',
    code: 'environmentMatches',
    given: async () => {
      await customersIn('stated');
      return inFolder('stated', [{ locations: [urlOf('stated/customers.csv')] }], {
        annotations: [{ name: 'instance', value: environmentId.toUpperCase() }],
      });
    },
  },
  { step: 'environment', code: 'environmentUnknown', given: () => customersIn('nameless') },
  {
    step: 'customerEntity',
    code: 'customerFound',
    given: async () => target(),
    says: 'gender (Gender), birth date (BirthDate), country or region (Country)',
  },
  {
    step: 'customerEntity',
    code: 'customerFound',
    given: async () => {
      await put({ 'cases/c.csv': 'x\n' });
      return inFolder('cases', [{ name: 'CUSTOMER', locations: [urlOf('cases/c.csv')] }]);
    },
  },
  {
    step: 'customerEntity',
    code: 'customerFoundInPart',
    given: () => customersIn('some-columns', ['Id', 'Contoso_Gender', 'crm_DOB']),
    says: 'gender (Contoso_Gender), birth date (crm_DOB). No column for country or region, city, postal code, income.',
  },
  { step: 'customerEntity', code: 'customerColumnsUnknown', given: () => customersIn('no-columns', ['Id', 'Name']) },
  { step: 'partitions', code: 'partitionsReadable', given: async () => target(), says: '2 files are there' },
  { step: 'freshness', code: 'dataFresh', given: async () => target() },
  { step: 'freshness', code: 'dataStale', given: async () => target(), options: inDays(30), says: '30 days ago' },
];

const bad: Case[] = [
  {
    step: 'authenticate',
    code: 'sasExpired',
    given: async () => target({ authentication: 'sas' }, { sasToken: accountSas({ expiresInDays: -1 }) }),
    field: 'secrets.sasToken',
    says: '--permissions rl ',
  },
  {
    step: 'account',
    code: 'hierarchicalNamespaceOff',
    given: async () => target({ accountName: flatAccount }),
    field: 'settings.accountName',
    says: 'Check the account name',
  },
  {
    step: 'container',
    code: 'containerMissing',
    given: async () => target({ environmentFolder: `elsewhere/${folder}` }),
    field: 'settings.environmentFolder',
    says: 'begins with the container',
  },
  {
    step: 'folder',
    code: 'folderMissing',
    given: async () => target({ environmentFolder: `ci_${otherId}` }),
    field: 'settings.environmentFolder',
    says: 'Compare the folder name',
  },
  {
    step: 'folder',
    code: 'folderIsFile',
    given: async () => target({ environmentFolder: `${insightsContainer}/${folder}/profileStore/model.json` }),
    field: 'settings.environmentFolder',
  },
  {
    step: 'metadata',
    code: 'metadataMissing',
    given: async () => {
      await put({ 'empty/readme.txt': 'nothing' });
      return target({ environmentFolder: `${insightsContainer}/empty` });
    },
    field: 'settings.environmentFolder',
  },
  {
    step: 'metadata',
    code: 'metadataUnreadable',
    given: async () => {
      await put({ 'torn/model.json': '{"version":"1.0","entities":[' });
      return target({ environmentFolder: `${insightsContainer}/torn` });
    },
    says: 'model.json: The file is not JSON',
  },
  {
    step: 'metadata',
    code: 'sasPermissionMissing',
    given: async () => target({ authentication: 'sas' }, { sasToken: accountSas({ permissions: 'r' }) }),
    field: 'secrets.sasToken',
    says: 'read and list',
  },
  {
    step: 'environment',
    code: 'environmentMismatch',
    given: async () => target({ environmentId: otherId }),
    field: 'settings.environmentId',
    says: environmentId,
  },
  {
    step: 'environment',
    code: 'metadataOfOtherEnvironment',
    given: async () => {
      await put({ [`copy/ci_${otherId}/c.csv`]: 'x\n' });
      return inFolder('copy', [{ locations: [urlOf(`copy/ci_${otherId}/c.csv`)] }]);
    },
    field: 'settings.environmentId',
    says: otherId,
  },
  {
    step: 'customerEntity',
    code: 'customerMissing',
    given: () => inFolder('segments', [{ name: 'HighValueCustomers' }, { name: 'Customer_Measure' }]),
    field: 'settings.environmentFolder',
    says: 'None of the 2 entities',
  },
  {
    step: 'customerEntity',
    code: 'customerUnreadable',
    given: () => inFolder('referring', [{ $type: 'ReferenceEntity' }]),
    says: 'only refers to',
  },
  { step: 'partitions', code: 'partitionsNone', given: () => inFolder('no-files', [{}]) },
  {
    step: 'partitions',
    code: 'partitionsMissing',
    given: async () => {
      await put({ 'gaps/a.csv': 'x\n' });
      return inFolder('gaps', [{ locations: ['gaps/a.csv', 'gaps/b.csv', 'gaps/c.csv'].map(urlOf) }]);
    },
    says: '2 of the customers’ 3 files cannot be read, the first being "gaps/b.csv"',
  },
  {
    step: 'partitions',
    code: 'fileArchived',
    given: async () => {
      lake.addFault({
        match: { method: 'GET', path: /Customer\/b\.csv/ },
        fault: { status: 409, code: 'BlobArchived' },
      });
      return target();
    },
    says: 'Bring it back',
  },
];

describe('what goes well is said', () => {
  it.each(good)('$step: $code', async ({ step, code, given, options, says = '' }) => {
    const { result, stepOf } = await check(await given(), options);
    expect(stepOf(step)).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(result.outcome).toBe('passed');
  });
});

describe('what goes wrong is told apart, with what to do', () => {
  it.each(bad)('$step: $code', async ({ step, code, given, field, says = '' }) => {
    const { result } = await check(await given());
    const failed = failedStep(result);
    expect(failed).toMatchObject({ step, code, ...(field !== undefined && { field }) });
    expect(`${failed?.message} ${failed?.remedy?.text} ${failed?.remedy?.command}`).toContain(says);
    expect(failed?.remedy?.text).toBeTruthy();
    expect(result.outcome).toBe('actionRequired');
  });
});

describe('the check', () => {
  it('has a case for every code of its own but the age that nobody tells', () => {
    const tried = new Set([...good, ...bad].map(({ code }) => code));
    expect(Object.keys(findings).filter((code) => !tried.has(code))).toEqual(['ageUnknown']);
  });

  it('offers to make nothing, and makes nothing when it may', async () => {
    const missing = target({ environmentFolder: `elsewhere/${folder}` });
    const { result } = await check(missing, { allow: new Set(['createContainer'] as const) });
    expect(failedStep(result)?.code).toBe('containerMissing');
    expect(failedStep(result)?.offer).toBeUndefined();
    expect(await containerOf(lake, lakeAccount, 'elsewhere').exists()).toBe(false);
  });

  it('has people told what it found out, and not that a step merely passed', async () => {
    const { result } = await check(target());
    const telling = result.steps.filter(({ isTelling }) => isTelling === true).map(({ step }) => step);
    expect(telling).toEqual(['authenticate', 'customerEntity', 'partitions', 'freshness']);
  });

  it('says when a SAS token ends', async () => {
    const { result } = await check(target({ authentication: 'sas' }, { sasToken: accountSas({ permissions: 'rl' }) }));
    expect(Date.parse(result.credentialExpiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('takes what may pass for what may pass, in the steps that read too', async () => {
    lake.addFault({ match: { method: 'GET', path: /model\.json/ }, fault: { status: 503, code: 'ServerBusy' } });
    const { result } = await check(target());
    expect(failedStep(result)).toMatchObject({ step: 'metadata', code: 'throttled' });
    expect(result.outcome).toBe('failing');
  });

  it('looks for many files with few requests, and opens only some', async () => {
    const paths = Array.from({ length: 100 }, (_, index) => `many/files/${String(index).padStart(4, '0')}.csv`);
    await put(Object.fromEntries(paths.map((path) => [path, 'x\n'])));
    const many = await inFolder('many', [{ locations: paths.map(urlOf) }]);
    const before = lake.requests().length;
    const { result, stepOf } = await check(many);
    expect(result.outcome).toBe('passed');
    expect(stepOf('partitions')?.message).toContain('100 files are there');
    expect(stepOf('partitions')?.message).toContain('the beginning of 12 could be read');
    expect(lake.requests().length - before).toBeLessThan(30);
  });

  it('prefers customers that can be read to others of the name', async () => {
    await put({ 'twice/b/c.csv': 'x\n', 'twice/a/model.json': modelJson([{}]) });
    await put({ 'twice/b/model.json': modelJson([{ locations: [urlOf('twice/b/c.csv')] }]) });
    const { stepOf } = await check(target({ environmentFolder: `${insightsContainer}/twice` }));
    expect(stepOf('customerEntity')?.message).toContain('b/model.json');
  });

  it('needs the key it was given', async () => {
    expect(lakeKey).not.toBe('');
    const { result } = await check(target({}, {}));
    expect(failedStep(result)).toMatchObject({ code: 'credentialMissing', field: 'secrets.accountKey' });
  });
});

describe('reading', () => {
  it('asks whoever makes a SAS token for no more than reading takes', async () => {
    const { settings, secrets } = target({ authentication: 'sas' }, { sasToken: accountSas({ permissions: 'r' }) });
    const { manifest } = audienceInsightsConnector;
    const given = { settings: manifest.settings.parse(settings), secrets: manifest.secrets.parse(secrets) };
    const files = openInsightsSource()(given, { outbound, now: () => new Date() });
    const listing = files.list(folder, new AbortController().signal)[Symbol.asyncIterator]().next();
    const error = await storeErrorOf(listing, (output) =>
      expect(JSON.stringify(output)).not.toContain(secrets.sasToken),
    );
    expect(error).toMatchObject({
      code: 'sasPermissionMissing',
      remedy: expect.stringContaining('with read and list.'),
    });
    files.close();
  });
});
