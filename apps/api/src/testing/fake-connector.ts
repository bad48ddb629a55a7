import { defineManifest, field } from '@junction/connectors/manifests';
import { type Connector, type SourceEntry, type SourceFiles, StoreError } from '@junction/connectors/runtime';
import type { CheckStep } from '@junction/contracts';
import * as z from 'zod';

/** The connector of API tests: what its check says is in its settings, so no test needs a server. */
export const fakeManifest = defineManifest({
  type: 'fake',
  label: 'Fake store',
  category: 'Storage & files',
  description: 'A store that does what its settings say.',
  capabilities: ['destination', 'source'],
  steps: [
    { step: 'endpoint', label: 'Address' },
    { step: 'authenticate', label: 'Credentials' },
  ],
  settings: z.strictObject({
    host: field(z.string().trim().min(1, { error: 'Enter the host.' }), { label: 'Host' }),
    folder: field(z.string().optional(), { label: 'Folder' }),
    fingerprint: field(z.string().optional(), { label: 'Fingerprint', learnedFor: ['host'] }),
    entityFolder: field(z.string().optional(), { label: 'Entities folder' }),
    outcome: field(z.enum(['passed', 'actionRequired', 'failing', 'hang']).default('passed'), {
      label: 'Outcome',
      control: 'choice',
    }),
  }),
  secrets: z.strictObject({
    password: field(z.string().min(1, { error: 'Enter the password.' }).optional(), {
      label: 'Password',
      control: 'secret',
    }),
  }),
  endpointOf: ({ host }) => `fake://${host}`,
  entityFolderOf: ({ entityFolder }) => entityFolder,
});

/** What a check finds out about the hosts of this domain, unless it knows. */
export const learnedDomain = '.learned.example';
export const fingerprintOf = (host: string): string => `the fingerprint of ${host}`;

/** What the fake connector was given, newest last: tests look at it to see that the right secret reached the right host. */
export const fakeCalls: { host: string; password: string | undefined }[] = [];

const step = (name: string, status: CheckStep['status'], more: Partial<CheckStep> = {}): CheckStep => ({
  step: name,
  status,
  durationMs: 1,
  code: status === 'passed' ? `${name}Ok` : 'keyRejected',
  message: status === 'passed' ? 'Fine.' : 'The password was rejected.',
  ...more,
});

/** A store that fake connections read from: its files by path, what listings wait for first, and what they fail with instead. */
export type FakeStore = { files?: Readonly<Record<string, string>>; waits?: Promise<unknown>; fails?: unknown };

/** The stores by host; tests put theirs here. A host without one is an empty store. */
export const fakeStores = new Map<string, FakeStore>();

/** The hosts that were opened for reading, newest last. */
export const fakeReadings: string[] = [];

const missing = (code: string): StoreError =>
  new StoreError({ code, message: 'It is not there.', remedy: 'Put it there.', isTransient: false });

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const childrenOf = (files: Readonly<Record<string, string>>, folder: string): SourceEntry[] => {
  const start = folder === '' ? '' : `${folder}/`;
  const below = Object.entries(files).filter(([path]) => path.startsWith(start));
  const names = [...new Set(below.map(([path]) => path.slice(start.length).split('/')[0] ?? ''))];
  return names.map((name) => {
    const text = files[start + name];
    const bytes = Buffer.byteLength(text ?? '');
    return {
      name,
      path: start + name,
      isFolder: text === undefined,
      bytes,
      etag: '"1"',
      modifiedAt: '2026-01-01T00:00:00.000Z',
    };
  });
};

const openFakeSource = (host: string): SourceFiles => {
  const { files = {}, waits, fails }: FakeStore = fakeStores.get(host) ?? {};
  return {
    async *list(folder, signal) {
      if (waits) await Promise.race([waits, aborted(signal)]);
      if (fails !== undefined) throw fails;
      const children = childrenOf(files, folder);
      if (children.length === 0 && folder !== '') throw missing('folderMissing');
      yield* children;
    },
    read: async (path) => {
      const text = files[path];
      if (text === undefined) throw missing('fileMissing');
      return Buffer.from(text);
    },
    async *stream(path, _etag, signal, maxBytes) {
      signal.throwIfAborted();
      const text = files[path];
      if (text === undefined) throw missing('fileMissing');
      yield Buffer.from(text).subarray(0, maxBytes);
    },
    locate: (url) =>
      url.startsWith(`fake://${host}/`) ? { path: url.slice(`fake://${host}/`.length) } : { elsewhere: 'another host' },
    close: () => {},
  };
};

export const fakeConnector: Connector<typeof fakeManifest> = {
  manifest: fakeManifest,
  check: async ({ settings, secrets }, { now, onStep, signal }) => {
    fakeCalls.push({ host: settings.host, password: secrets.password });
    const startedAt = now().toISOString();
    if (settings.outcome === 'hang')
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const steps = [
      step('endpoint', 'passed'),
      settings.outcome === 'passed'
        ? step('authenticate', 'passed')
        : step('authenticate', 'failed', { field: 'secrets.password', remedy: { text: 'Enter the right password.' } }),
    ];
    for (const finished of steps) {
      onStep({ started: finished.step });
      onStep({ finished });
    }
    const outcome = settings.outcome === 'hang' ? 'failing' : settings.outcome;
    const learned = { fingerprint: fingerprintOf(settings.host), host: 'not for learning', outcome: 'failing' };
    return {
      outcome,
      startedAt,
      durationMs: 2,
      steps,
      ...(settings.host.endsWith(learnedDomain) && { learned }),
    };
  },
  openSource: ({ settings }) => {
    fakeReadings.push(settings.host);
    return openFakeSource(settings.host);
  },
};
