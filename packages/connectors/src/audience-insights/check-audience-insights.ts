import { type Catalog, type CatalogEntity, readMetadata, withFiles } from '@junction/cdm';
import type { CheckResult } from '@junction/contracts';
import { type StepWork, startCheckRun, type Verdict } from '../check-run.ts';
import { type CheckContext, type SourceFiles, StoreError } from '../connector.ts';
import { isDenied } from '../shared-azure-storage/asking.ts';
import { prepareCheck, type StorageCheck } from '../shared-azure-storage/check-storage.ts';
import { verdictOfFailure } from '../shared-azure-storage/classify.ts';
import { openLakeFiles } from '../shared-azure-storage/lake-files.ts';
import { judgeAccount } from '../shared-azure-storage/steps/account.ts';
import { judgeSignIn } from '../shared-azure-storage/steps/authenticate.ts';
import { judgeConnection } from '../shared-azure-storage/steps/connect.ts';
import { judgeContainer } from '../shared-azure-storage/steps/container.ts';
import { judgeEndpoint } from '../shared-azure-storage/steps/endpoint.ts';
import { placeOf } from '../shared-azure-storage/storage-place.ts';
import { compareEnvironment } from './compare-environment.ts';
import { recogniseTraits, traitWords } from './customer-traits.ts';
import { findCustomers, writtenAt } from './customers.ts';
import { type Facts, staleAfterDays, verdictOf } from './findings.ts';
import { forReading, verdictOfStoreError } from './for-reading.ts';
import { audienceInsightsManifest } from './manifest.ts';
import { openPartitions } from './open-partitions.ts';
import { openInsightsSource } from './read-source.ts';
import { type AudienceInsightsTarget, storageTargetOf } from './target.ts';

const openSource = openInsightsSource();

const dayMs = 24 * 60 * 60 * 1000;

/** What the steps of one check find for those after them. */
type Reading = { storage: StorageCheck; files: SourceFiles; facts: Facts; catalog: Catalog; customers?: CatalogEntity };

const sizeInWords = (bytes: number): string => {
  const [unit, power] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['KB', 1e3];
  return `${(bytes / Number(power)).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
};

/** `authenticate`: as for every store, and whether the credential could do more than read. */
const judgeCredential = async ({ storage, facts }: Reading, signal: AbortSignal): Promise<Verdict> => {
  const verdict = await judgeSignIn(storage, signal);
  if (verdict.status !== 'passed' || storage.place.identity !== undefined) return verdict;
  const { sas } = storage.place;
  if (sas === undefined) return verdictOf('keyAccepted', facts);
  return verdictOf(/[acwd]/.test(sas.permissions ?? '') ? 'sasCanWrite' : 'sasAccepted', facts);
};

/** `folder`: it is there. */
const judgeFolder = async ({ storage, facts }: Reading): Promise<Verdict> => {
  const path = await storage.questions().path;
  if (!path.ok) {
    const about = { ...facts, path: facts.folder };
    return verdictOfFailure(path.failure, about, (failure) => (isDenied(failure) ? 'readRefused' : undefined));
  }
  const codes = { directory: 'folderFound', file: 'folderIsFile', none: 'folderMissing' } as const;
  return verdictOf(codes[path.value], facts);
};

/** `metadata`: some of it can be read. */
const judgeMetadata = async (reading: Reading, signal: AbortSignal): Promise<Verdict> => {
  const { facts, files } = reading;
  reading.catalog = await readMetadata(files, facts.folder, signal);
  const { models, entities, problem } = reading.catalog;
  if (models.length === 0) return verdictOf('metadataMissing', { ...facts, reason: problem?.message });
  const counts = { ...facts, count: models.length, some: entities.length };
  const spoilt = models.find((model) => model.problem !== undefined);
  if (spoilt !== undefined && entities.length === 0)
    return verdictOf('metadataUnreadable', { ...facts, path: spoilt.path, reason: spoilt.problem?.message });
  const reason = problem?.message ?? (spoilt && `${spoilt.path}: ${spoilt.problem?.message}`);
  return verdictOf(reason === undefined ? 'metadataRead' : 'metadataReadInPart', { ...counts, reason });
};

/** `environment`: folder and metadata are of the one that was named. */
const judgeEnvironment = ({ catalog, facts }: Reading): Verdict => {
  const locations = catalog.entities.flatMap(({ partitions }) => partitions.map(({ location }) => location));
  const { code, ...rest } = compareEnvironment(facts.environmentId, facts.folder, {
    models: catalog.models,
    locations,
  });
  return verdictOf(code, { ...facts, ...rest });
};

/** `customerEntity`: the customers are described, and what of them is recognised. */
const judgeCustomers = (reading: Reading): Verdict => {
  const { catalog, facts } = reading;
  const customers = findCustomers(catalog);
  if (customers === undefined) return verdictOf('customerMissing', { ...facts, count: catalog.entities.length });
  reading.customers = customers;
  const known = { ...facts, model: customers.model };
  if (customers.problem !== undefined)
    return verdictOf('customerUnreadable', { ...known, reason: customers.problem.message });
  const { recognised, missing } = recogniseTraits(customers.columns.map(({ name }) => name));
  const told = {
    ...known,
    recognised: recognised.map(({ trait, column }) => `${traitWords[trait]} (${column})`).join(', '),
    unrecognised: missing.map((trait) => traitWords[trait]).join(', '),
  };
  if (recognised.length === 0) return verdictOf('customerColumnsUnknown', told);
  return verdictOf(missing.length === 0 ? 'customerFound' : 'customerFoundInPart', told);
};

/** `partitions`: every file that the metadata names is there, and some of them are opened. */
const judgePartitions = async (reading: Reading, signal: AbortSignal): Promise<Verdict> => {
  const { files, facts } = reading;
  const [customers] = await withFiles(files, reading.customers === undefined ? [] : [reading.customers], signal);
  reading.customers = customers;
  const partitions = customers?.partitions ?? [];
  const count = partitions.length;
  if (count === 0) return verdictOf('partitionsNone', facts);
  const bad = partitions.filter(({ problem }) => problem !== undefined);
  const [first] = bad;
  if (first !== undefined) {
    const path = first.path ?? first.name;
    return verdictOf('partitionsMissing', { ...facts, count, some: bad.length, path, reason: first.problem?.message });
  }
  const some = await openPartitions(files, partitions, signal);
  return verdictOf('partitionsReadable', { ...facts, count, some, size: sizeInWords(customers?.bytes ?? 0) });
};

/** `freshness`: how long ago the customers were written. */
const judgeFreshness = ({ catalog, customers, facts }: Reading, now: Date): Verdict => {
  const when = customers && writtenAt(catalog, customers);
  if (when === undefined) return verdictOf('ageUnknown', facts);
  const days = Math.floor((now.getTime() - Date.parse(when)) / dayMs);
  return verdictOf(days > staleAfterDays ? 'dataStale' : 'dataFresh', { ...facts, when: when.slice(0, 10), days });
};

/** Checks that an environment's folder can be read, and what is in it. Writes nothing, whatever the credential may do. */
export const checkAudienceInsights = async (
  target: AudienceInsightsTarget,
  context: CheckContext,
): Promise<CheckResult> => {
  const run = startCheckRun(audienceInsightsManifest.steps, context);
  const storageTarget = storageTargetOf(target);
  const place = placeOf(storageTarget, { ...context, isFresh: true });
  const readOnly = { ...context, allow: new Set<never>() };
  const storage = prepareCheck(place, openLakeFiles, place.folder, run.signal, readOnly);
  const { outbound, now } = context;
  const files = openSource(target, { signal: run.signal, outbound, now });
  const facts: Facts = { ...storage.facts, environmentId: target.settings.environmentId };
  const reading: Reading = { storage, files, facts, catalog: { models: [], entities: [] } };

  const step = (name: string, after: readonly string[], work: (signal: AbortSignal) => Promise<Verdict> | Verdict) => {
    const judged: StepWork = async (signal) => {
      try {
        return forReading(await work(signal), { ...facts, ...storage.facts });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof StoreError) return verdictOfStoreError(error, facts);
        throw error;
      }
    };
    run.step(name, after, judged);
  };

  step('endpoint', [], (signal) => judgeEndpoint(storage, signal));
  step('connect', ['endpoint'], () => judgeConnection(storage));
  step('authenticate', ['connect'], (signal) => judgeCredential(reading, signal));
  step('account', ['authenticate'], () => judgeAccount(storage));
  step('container', ['authenticate'], (signal) => judgeContainer(storage, signal));
  step('folder', ['account', 'container'], () => judgeFolder(reading));
  step('metadata', ['folder'], (signal) => judgeMetadata(reading, signal));
  step('environment', ['metadata'], () => judgeEnvironment(reading));
  step('customerEntity', ['metadata'], () => judgeCustomers(reading));
  step('partitions', ['customerEntity'], (signal) => judgePartitions(reading, signal));
  step('freshness', ['partitions'], () => judgeFreshness(reading, now()));

  const result = await run.finish();
  storage.http.close();
  files.close();
  place.identity?.close();
  return { ...result, credentialExpiresAt: place.credentialExpiresAt?.toISOString() };
};
