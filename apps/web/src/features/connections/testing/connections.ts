import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import type {
  CheckRecord,
  CheckResult,
  CheckStep,
  Connection,
  ConnectionUsage,
  Removal,
  RemovedConnection,
  UsageItem,
} from '@junction/contracts';

/** A well-formed account key that opens nothing. */
export const sampleKey = `${'A'.repeat(86)}==`;

export const environmentId = '01990000-0000-7000-8000-000000000001';

/** The manifest that most tests use. */
export const adlsManifest = manifestOf('adls-gen2') as Manifest;

const person = { id: '01990000-0000-7000-8000-0000000000a1', name: 'Alba Admin' };

let made = 0;

/** A UUID that no other thing in this test has. */
export const nextId = (): string => {
  made += 1;
  return `01990000-0000-7000-9000-${String(made).padStart(12, '0')}`;
};

/** A connection as the API answers with it: healthy, with an account key, unless told otherwise. */
export const aConnection = (changes: Partial<Connection> = {}): Connection => {
  const id = changes.id ?? nextId();
  return {
    id,
    environmentId,
    name: 'Contoso lake',
    type: 'adls-gen2',
    settings: { accountName: 'contosolake', container: 'exports', authentication: 'sharedKey' },
    secrets: { accountKey: { setAt: '2026-03-12T09:00:00Z' } },
    sharing: { sharedWith: 'admins', people: [] },
    readsEntities: false,
    isPaused: false,
    status: 'healthy',
    lastCheckedAt: '2026-11-20T09:00:00Z',
    nextCheckAt: '2026-11-20T09:15:00Z',
    credentialExpiresAt: null,
    usedBy: 0,
    profiles: null,
    consent: { by: person, at: '2026-03-12T09:00:00Z', textVersion: '2026-11' },
    createdBy: person,
    createdAt: '2026-03-12T09:00:00Z',
    updatedAt: '2026-03-12T09:00:00Z',
    etag: '"1"',
    ...changes,
  };
};

const step = (name: string, changes: Partial<CheckStep> = {}): CheckStep => ({
  step: name,
  status: 'passed',
  durationMs: 12,
  code: `${name}.ok`,
  message: `The step ${name} passed.`,
  ...changes,
});

/** The check of a connection where all is well. */
export const passedCheck = (): CheckResult => ({
  outcome: 'passed',
  startedAt: '2026-11-20T09:00:00Z',
  durationMs: 140,
  steps: adlsManifest.steps.map((named) => step(named.step)),
});

/** The step of a rejected key. */
export const rejectedKey: CheckStep = step('authenticate', {
  status: 'failed',
  code: 'authenticate.keyRejected',
  message: 'The account does not accept this key.',
  remedy: { text: 'Copy key1 again from Access keys.', command: 'az storage account keys list -n contosolake' },
  field: 'secrets.accountKey',
});

/** The step of a container that is not there, and could be made. */
export const missingContainer: CheckStep = step('container', {
  status: 'failed',
  code: 'container.missing',
  message: 'There is no container "exports".',
  remedy: { text: 'Create the container, or enter another one.' },
  field: 'settings.container',
  offer: 'createContainer',
});

/** A check in which one step failed, and those after it were skipped. */
export const failedCheck = (failed: CheckStep = rejectedKey): CheckResult => {
  const at = adlsManifest.steps.findIndex((named) => named.step === failed.step);
  const before = adlsManifest.steps.slice(0, at).map((named) => step(named.step));
  const after = adlsManifest.steps
    .slice(at + 1)
    .map((named) =>
      step(named.step, { status: 'skipped', code: 'skipped', message: 'Not tried, because an earlier step failed.' }),
    );
  return {
    outcome: 'actionRequired',
    startedAt: '2026-11-20T09:00:00Z',
    durationMs: 90,
    steps: [...before, failed, ...after],
  };
};

/** A check in the history of a connection. */
export const aCheck = (changes: Partial<CheckRecord> = {}): CheckRecord => ({
  ...passedCheck(),
  id: nextId(),
  trigger: 'probe',
  by: null,
  ...changes,
});

/** An export that writes to a connection, unless told otherwise. */
export const aDependent = (changes: Partial<UsageItem> = {}): UsageItem => ({
  kind: 'writes',
  id: nextId(),
  name: 'Weekly customers',
  schedule: 'Weekly on Monday at 08:00 (UTC)',
  lastRunAt: '2026-11-16T08:00:00Z',
  owner: person,
  hasLiveRun: false,
  ...changes,
});

/** Everything that depends on a connection, in one piece. */
export const aUsage = (items: readonly UsageItem[] = [], etag = '"usage-1"'): ConnectionUsage => {
  const count = (kind: UsageItem['kind']) => items.filter((item) => item.kind === kind).length;
  return {
    counts: { writes: count('writes'), reads: count('reads'), entities: count('entity') },
    profiles: null,
    liveRuns: items.filter(({ hasLiveRun }) => hasLiveRun).length,
    etag,
    undoDays: 30,
    value: [...items],
  };
};

/** A removal as the API answers with it: nothing depended on it, and it can be undone. */
export const aRemoval = (changes: Partial<Removal> = {}): Removal => ({
  connectionId: nextId(),
  inactivated: 0,
  moved: 0,
  withoutSource: 0,
  canceledRuns: 0,
  restorableUntil: '2026-12-22T09:00:00Z',
  ...changes,
});

/** A removed connection that can be restored. */
export const aRemovedConnection = (changes: Partial<RemovedConnection> = {}): RemovedConnection => ({
  id: nextId(),
  name: 'Contoso lake',
  type: 'adls-gen2',
  removedAt: '2026-11-20T09:00:00Z',
  removedBy: person,
  restorableUntil: '2026-12-20T09:00:00Z',
  exports: 0,
  ...changes,
});
