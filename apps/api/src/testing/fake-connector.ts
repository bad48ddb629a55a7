import { defineManifest, field } from '@junction/connectors/manifests';
import type { Connector } from '@junction/connectors/runtime';
import type { CheckStep } from '@junction/contracts';
import * as z from 'zod';

/** The connector of API tests: what its check says is in its settings, so no test needs a server. */
export const fakeManifest = defineManifest({
  type: 'fake',
  label: 'Fake store',
  category: 'Storage & files',
  description: 'A store that does what its settings say.',
  capabilities: ['destination'],
  steps: [
    { step: 'endpoint', label: 'Address' },
    { step: 'authenticate', label: 'Credentials' },
  ],
  settings: z.strictObject({
    host: field(z.string().trim().min(1, { error: 'Enter the host.' }), { label: 'Host' }),
    folder: field(z.string().optional(), { label: 'Folder' }),
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
});

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
    return { outcome: settings.outcome === 'hang' ? 'failing' : settings.outcome, startedAt, durationMs: 2, steps };
  },
};
