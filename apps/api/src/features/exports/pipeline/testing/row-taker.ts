import { defineManifest, field } from '@junction/connectors/manifests';
import { type Batch, type Closing, type Connector, StoreError } from '@junction/connectors/runtime';
import * as z from 'zod';

const manifest = defineManifest({
  type: 'row-taker',
  label: 'Row taker',
  category: 'Web services',
  description: 'Keeps the rows that it is sent in memory.',
  capabilities: ['destination'],
  takes: 'rows',
  steps: [{ step: 'endpoint', label: 'Endpoint' }],
  settings: z.strictObject({ host: field(z.string(), { label: 'Host' }) }),
  secrets: z.strictObject({}),
  endpointOf: ({ host }) => `rows://${host}`,
});

/** A destination that takes rows, with what it was sent and how it fails. */
export const createRowTaker = () => {
  const batches: Batch[] = [];
  const closings: Closing[] = [];
  const failures: StoreError[] = [];
  const connector: Connector<typeof manifest> = {
    manifest,
    check: async (_target, { now }) => ({
      outcome: 'passed',
      startedAt: now().toISOString(),
      durationMs: 1,
      steps: [],
    }),
    openDestination: ({ settings: { host } }) => ({
      takes: 'rows',
      batch: { maxRows: 2, maxBytes: 1_000 },
      locationOf: () => `rows://${host}`,
      send: async (batch) => {
        const failure = failures.shift();
        if (failure) throw failure;
        batches.push({ ...batch, lines: batch.lines.slice() });
      },
      finish: async (closing) => {
        closings.push(closing);
      },
      close: () => {},
    }),
  };
  const busy = (more: { retryAfterMs?: number; isTransient?: boolean } = {}) =>
    new StoreError({ code: 'busy', message: 'Come back later.', isTransient: true, ...more });
  return { connector: connector as unknown as Connector, batches, closings, failures, busy };
};
