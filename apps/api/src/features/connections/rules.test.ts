import { defineManifest, field } from '@junction/connectors/manifests';
import type { CheckResult } from '@junction/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '../../platform/app-error.ts';
import { factsAfter, type Plan, planTarget, type StoredTarget } from './rules.ts';

const secret = (label: string, way: string) =>
  field(z.string().min(1).optional(), { label, control: 'secret', when: { field: 'way', is: way } });

const manifest = defineManifest({
  type: 'two-ways',
  label: 'Two ways',
  category: 'Storage & files',
  description: 'A place with two ways to sign in.',
  capabilities: [],
  steps: [{ step: 'authenticate', label: 'Sign in' }],
  settings: z.strictObject({
    host: field(z.string().min(1), { label: 'Host' }),
    folder: field(z.string().optional(), { label: 'Folder' }),
    way: field(z.enum(['key', 'token']), { label: 'Way', control: 'choice' }),
  }),
  secrets: z.strictObject({ key: secret('Key', 'key'), token: secret('Token', 'token') }),
  endpointOf: ({ host }) => `https://${host}`,
});

const hosts = fc.constantFrom('one.example', 'two.example');
const ways = fc.constantFrom('key', 'token');
const folders = fc.constantFrom('a', 'b');

/** A connection as it can be stored: with exactly the secret that its settings ask for. */
const storedTargets = fc.record({ host: hosts, folder: fc.option(folders, { nil: undefined }), way: ways }).map(
  ({ folder, ...rest }): StoredTarget => ({
    settings: { ...rest, ...(folder === undefined ? {} : { folder }) },
    secretNames: [rest.way],
  }),
);

const patches = fc.record(
  {
    settings: fc.record(
      { host: hosts, folder: fc.option(folders), way: ways, colour: fc.constant('red') },
      { requiredKeys: [] },
    ),
    secrets: fc.record(
      { key: fc.option(fc.constantFrom('new key', '••••')), token: fc.option(fc.constantFrom('new token', '****')) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const attempt = (stored: StoredTarget, patch: Parameters<typeof planTarget>[2]): Plan | AppError => {
  try {
    return planTarget(manifest, stored, patch);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};
const isPlan = (outcome: Plan | AppError): outcome is Plan => !(outcome instanceof AppError);

describe('a change of settings and secrets', () => {
  it('never keeps a secret for a place that it was not given for', () => {
    fc.assert(
      fc.property(storedTargets, patches, (stored, patch) => {
        const plan = attempt(stored, patch);
        if (isPlan(plan) && plan.endpoint !== `https://${stored.settings.host}`) expect(plan.kept).toEqual([]);
      }),
    );
  });

  it('leaves exactly the secrets that the settings ask for, each either kept or given', () => {
    fc.assert(
      fc.property(storedTargets, patches, (stored, patch) => {
        const plan = attempt(stored, patch);
        if (!isPlan(plan)) return;
        expect([...plan.kept, ...Object.keys(plan.given)]).toEqual([plan.settings.way]);
        expect(plan.dropped).toEqual(stored.secretNames.filter((name) => name !== plan.settings.way));
      }),
    );
  });

  it('never takes a mask for a secret, nor a field that the manifest does not know', () => {
    fc.assert(
      fc.property(storedTargets, patches, (stored, patch) => {
        const plan = attempt(stored, patch);
        const isMasked = Object.values(patch.secrets ?? {}).some((text) => text === '••••' || text === '****');
        if (isMasked || patch.settings?.colour !== undefined) expect(isPlan(plan)).toBe(false);
        if (isPlan(plan)) expect(plan.settings).not.toHaveProperty('colour');
      }),
    );
  });

  it('merges as RFC 7396 says: absent stays, null clears, the rest replaces', () => {
    fc.assert(
      fc.property(storedTargets, patches, (stored, patch) => {
        const plan = attempt(stored, patch);
        if (!isPlan(plan)) return;
        for (const name of ['host', 'folder', 'way'] as const) {
          const change = patch.settings?.[name];
          const expected = change === null ? undefined : (change ?? stored.settings[name]);
          expect(plan.settings[name]).toBe(expected);
        }
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(storedTargets, patches, (stored, patch) => {
        const plan = attempt(stored, patch);
        if (!isPlan(plan)) return;
        const after = { settings: plan.settings, secretNames: [...plan.kept, ...Object.keys(plan.given)] };
        const again = planTarget(manifest, after, { settings: patch.settings });
        expect(again).toMatchObject({ settings: plan.settings, endpoint: plan.endpoint, isChanged: false });
      }),
    );
  });

  it('asks for a secret again only when nothing else is wrong, and otherwise names it among the rest', () => {
    const stored: StoredTarget = { settings: { host: 'one.example', way: 'key' }, secretNames: ['key'] };
    const moved = attempt(stored, { settings: { host: 'two.example' } });
    expect(moved).toMatchObject({ code: 'secretRequired', details: { errors: [{ field: 'secrets.key' }] } });
    const wrong = attempt(stored, { settings: { host: 'two.example' }, secrets: { colour: 'red' } });
    expect(wrong).toMatchObject({
      code: 'invalidInput',
      details: {
        errors: [
          { field: 'secrets.colour', code: 'unknown_field' },
          { field: 'secrets.key', code: 'secretRequired' },
        ],
      },
    });
  });

  it('asks for the secrets again when the stored settings can no longer be read', () => {
    const stored: StoredTarget = { settings: { host: '', way: 'key' }, secretNames: ['key'] };
    expect(attempt(stored, { settings: { host: 'one.example' } })).toMatchObject({ code: 'secretRequired' });
  });

  it('does not fall for names of built-in properties', () => {
    const stored: StoredTarget = { settings: { host: 'one.example', way: 'key' }, secretNames: ['key'] };
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const secrets = JSON.parse(`{"${name}":"x"}`) as Record<string, string>;
      expect(attempt(stored, { secrets })).toMatchObject({ code: 'invalidInput' });
    }
  });
});

describe('the facts after a check', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const result = (outcome: CheckResult['outcome']): CheckResult => ({
    outcome,
    startedAt: now.toISOString(),
    durationMs: 1,
    steps: [],
  });

  it('never plan a probe of what is paused', () => {
    const facts = factsAfter(
      result('passed'),
      { isPaused: true, failuresInRow: 0 },
      { now, probeMinutes: 15, random: 0 },
    );
    expect(facts.nextCheckAt).toBeNull();
  });

  it('plan the next probe within the interval and its jitter, sooner after a transient failure', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('passed', 'actionRequired', 'failing'),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 1440 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (outcome, failuresInRow, probeMinutes, random) => {
          const facts = factsAfter(
            result(outcome as CheckResult['outcome']),
            { isPaused: false, failuresInRow },
            { now, probeMinutes, random },
          );
          const minutes = ((facts.nextCheckAt?.getTime() ?? Number.NaN) - now.getTime()) / 60_000;
          expect(minutes).toBeLessThanOrEqual(probeMinutes * 1.1 + 1e-6);
          expect(minutes).toBeGreaterThanOrEqual(Math.min(1, probeMinutes) * 0.9 - 1e-6);
          if (outcome !== 'failing') expect(minutes).toBeGreaterThanOrEqual(probeMinutes * 0.9 - 1e-3);
        },
      ),
    );
  });
});
