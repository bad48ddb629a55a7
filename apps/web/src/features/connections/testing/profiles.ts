import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import type {
  CheckResult,
  Connection,
  ConnectionDraft,
  ProfileAccess,
  ProfileColumns,
  ProfileImport,
  ProfileImportRun,
} from '@junction/contracts';
import { aConnection, environmentId, nextId } from './connections.ts';

export const profileType = 'audience-insights';

const profileManifest = manifestOf(profileType) as Manifest;

export const aProfileConnection = (changes: Partial<Connection> = {}): Connection =>
  aConnection({
    name: 'Contoso customers',
    type: profileType,
    settings: {
      accountName: 'contosolake',
      environmentId: '01234567-89ab-cdef-0123-456789abcdef',
      environmentFolder: 'customerinsights/ci_01234567-89ab-cdef-0123-456789abcdef',
      authentication: 'sharedKey',
    },
    readsEntities: true,
    profiles: { status: 'active', dataAsOf: '2026-11-08T09:00:00Z', problem: null },
    ...changes,
  });

/** The check of such a connection: passed, or failed at its first step. */
export const profileCheck = (outcome: 'passed' | 'actionRequired' = 'passed'): CheckResult => ({
  outcome,
  startedAt: '2026-11-20T09:00:00Z',
  durationMs: 140,
  steps: profileManifest.steps.map(({ step }, index) => ({
    step,
    status: outcome === 'passed' ? 'passed' : index === 0 ? 'failed' : 'skipped',
    durationMs: 12,
    code: `${step}.${outcome}`,
    message: index === 0 && outcome !== 'passed' ? 'There is no such account.' : `The step ${step} is over.`,
    ...(step === 'freshness' && outcome === 'passed' && { isTelling: true, message: 'The customers are 12 days old.' }),
  })),
});

export const someColumns = (): ProfileColumns => ({
  columns: [
    { name: 'FullName', shapes: ['Aaaa Aaaa'] },
    { name: 'BirthDate', shapes: ['9999-99-99'] },
    { name: 'Country', shapes: ['AA', 'Aaaaaaa'] },
    { name: 'Gender', shapes: ['a', 'A'] },
  ],
  proposed: { gender: 'Gender', birthDate: 'BirthDate', country: 'Country' },
});

export const aDraft = (changes: Partial<ConnectionDraft> = {}): ConnectionDraft => ({
  id: nextId(),
  environmentId,
  type: profileType,
  name: 'Half a lake',
  settings: {
    accountName: 'contosolake',
    environmentId: '01234567-89ab-cdef-0123-456789abcdef',
    environmentFolder: 'customerinsights/ci_01234567-89ab-cdef-0123-456789abcdef',
    authentication: 'sharedKey',
  },
  mapping: null,
  personIds: [],
  everyHours: 6,
  step: 'settings',
  updatedAt: '2026-11-20T09:00:00Z',
  ...changes,
});

/** An import that went well, unless told otherwise. */
export const anImportRun = (changes: Partial<ProfileImportRun> = {}): ProfileImportRun => ({
  id: nextId(),
  trigger: 'schedule',
  requestedBy: null,
  state: 'successful',
  phase: 'over',
  queuedAt: '2026-11-20T09:00:00Z',
  retryAt: null,
  startedAt: '2026-11-20T09:00:02Z',
  finishedAt: '2026-11-20T09:00:42Z',
  progress: {
    parts: { done: 0, total: 0 },
    bytesRead: 0,
    bytesTotal: null,
    bytesWritten: 0,
    rowsWritten: 0,
    rowsRejected: 0,
  },
  problem: null,
  ...changes,
});

/** Profile data that is there and up to date, unless told otherwise. */
export const aProfileImport = (changes: Partial<ProfileImport> = {}): ProfileImport => ({
  connectionId: nextId(),
  status: 'active',
  everyHours: 6,
  nextAt: '2027-11-20T15:00:00Z',
  unchangedAt: null,
  mapping: { gender: 'Gender', birthDate: 'BirthDate', country: 'Country' },
  last: anImportRun(),
  report: { importedAt: '2026-11-20T09:00:42Z', dataAsOf: '2026-11-08T09:00:00Z', profiles: 120_000 },
  ...changes,
});

export const anAccess = (changes: Partial<ProfileAccess['person']> = {}): ProfileAccess => ({
  person: { id: nextId(), name: 'Rita Reader', email: 'rita@contoso.example', role: 'contributor', ...changes },
  grantedBy: { id: nextId(), name: 'Alba Admin' },
  grantedAt: '2026-11-20T09:00:00Z',
});
