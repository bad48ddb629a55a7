import { CheckResult } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Connector, checkDeadlineMs } from './connector.ts';
import { metaOf, requiredSecrets } from './manifest.ts';
import { createOutbound, type Outbound } from './outbound/outbound.ts';
import { failedStep, type RawTarget, runCheck } from './testing/run-check.ts';
import { describeSourceContract, type SourceSubject } from './testing/source-contract.ts';

/** What a connector's tests bring so that the contract can be tried on it. */
export type ContractSubject = {
  outbound: Outbound;
  /** Passes every step. Its secrets are looked for in everything that comes out. */
  healthy: RawTarget;
  /** The same with a secret that is well-formed but wrong, and the step that finds out. */
  wrongSecret: RawTarget & { failsAt: string };
  /** A host that takes connections and never answers. */
  hanging: RawTarget;
  /** A port that nothing listens on. */
  unreachable: RawTarget;
  /** Everything that is at the healthy target, to see whether a check leaves a trace. */
  contents(): Promise<string[]>;
  /** For a connector with the capability `source`. */
  source?: SourceSubject;
  close(): Promise<void>;
};

/** How soon a check is over after nobody waits any more: enough for cleaning up, far less than a deadline. */
const abortPatienceMs = 2_000;

/** A healthy check on loopback: a check of this many milliseconds feels immediate, and what is slower waits where it need not. */
const healthyWithinMs = 1_000;

const spellingsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  ...(new URLSearchParams(secret).get('sig')?.split(' ') ?? []),
];

/** What every connector owes to the rest of Junction, as tests. Each connector's own test calls it once. */
export const describeConnectorContract = (connector: Connector, open: () => Promise<ContractSubject>): void => {
  describe('connector contract', () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());

    const check = (target: RawTarget, options: Parameters<typeof runCheck>[2] = {}) =>
      runCheck(connector, target, { outbound: subject.outbound, ...options });

    const expectNoSecret = (output: unknown) => {
      const text = JSON.stringify(output);
      const secrets = [subject.healthy, subject.wrongSecret, subject.hanging].flatMap(({ secrets }) =>
        Object.values(secrets),
      );
      for (const spelling of secrets.flatMap(spellingsOf)) expect(text).not.toContain(spelling);
    };

    it('has a manifest that a form, the API and its documentation can be made from', () => {
      const { manifest } = connector;
      for (const schema of [manifest.settings, manifest.secrets]) {
        for (const field of Object.values(schema.shape)) expect(metaOf(field as z.ZodType).label).not.toBe('');
        for (const io of ['input', 'output'] as const) {
          expect(z.toJSONSchema(schema, { io })).toMatchObject({ type: 'object', additionalProperties: false });
        }
      }
      const names = manifest.steps.map(({ step }) => step);
      expect(new Set(names).size).toBe(names.length);
      expect(manifest.secrets.safeParse({}).success).toBe(true);
    });

    it('knows which secrets are needed, and the one place they may be sent to', () => {
      const { manifest } = connector;
      const settings = manifest.settings.parse(subject.healthy.settings);
      expect(Object.keys(subject.healthy.secrets)).toEqual(requiredSecrets(manifest, settings));
      expect(manifest.endpointOf(settings)).toMatch(/^[a-z][a-z0-9+.-]*:\/\/[^/]/);
      expect(manifest.endpointOf(manifest.settings.parse(settings))).toBe(manifest.endpointOf(settings));
    });

    it('passes every step of a healthy target, soon and without a trace', async () => {
      await check(subject.healthy);
      const before = await subject.contents();
      const { result } = await check(subject.healthy);
      expect(result.steps.map(({ step, status }) => [step, status])).toEqual(
        connector.manifest.steps.map(({ step }) => [step, 'passed']),
      );
      expect(result.outcome).toBe('passed');
      expect(result.durationMs).toBeLessThan(healthyWithinMs);
      expect(await subject.contents()).toEqual(before);
      expectNoSecret(result);
    });

    it('reports each step once, as it starts and as it ends, and the same in the result', async () => {
      const { result, events } = await check(subject.healthy);
      CheckResult.parse(result);
      for (const step of result.steps) {
        const own = events.filter((event) => ('started' in event ? event.started : event.finished.step) === step.step);
        expect(own).toEqual([{ started: step.step }, { finished: step }]);
      }
    });

    it('finds a wrong secret at the right step, and says what to do on which field', async () => {
      const { result, events } = await check(subject.wrongSecret);
      const failed = failedStep(result);
      expect(failed?.step).toBe(subject.wrongSecret.failsAt);
      expect(failed?.field).toMatch(/^secrets\./);
      expect(failed?.remedy?.text).not.toBe('');
      expect(result.outcome).toBe('actionRequired');
      expect(result.steps.map(({ step }) => step)).toEqual(connector.manifest.steps.map(({ step }) => step));
      expectNoSecret([result, events]);
    });

    it('takes a host that nobody answers at for something that may pass, and has a name for it', async () => {
      const { result } = await check(subject.unreachable);
      const failed = failedStep(result);
      expect(failed?.code).not.toBe('unexpected');
      expect(failed?.remedy?.text).toBeTruthy();
      expect(result.outcome).toBe('failing');
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const { result } = await check(subject.healthy, { outbound: createOutbound({ allowedHosts: [] }) });
      expect(result.steps.map(({ status }) => status)).not.toContain('passed');
      expect(failedStep(result)?.field).toMatch(/^settings\./);
      expect(result.outcome).toBe('actionRequired');
    });

    it('has codes that are stable words', async () => {
      const results = await Promise.all([check(subject.healthy), check(subject.wrongSecret)]);
      for (const { code } of results.flatMap(({ result }) => result.steps))
        expect(code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
    });

    it(
      'is over by its deadline when the host never answers',
      async () => {
        const from = performance.now();
        const { result, events } = await check(subject.hanging);
        expect(performance.now() - from).toBeLessThan(checkDeadlineMs);
        expect(result.outcome).toBe('failing');
        CheckResult.parse(result);
        expectNoSecret([result, events]);
      },
      checkDeadlineMs * 2,
    );

    it('is over at once when nobody waits any more', async () => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 50);
      const from = performance.now();
      const { result, events } = await check(subject.hanging, { signal: abort.signal });
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
      expect(result.outcome).toBe('failing');
      expect(result.steps.some(({ code }) => code === 'cancelled')).toBe(true);
      expectNoSecret([result, events]);
    });

    it('looks at nothing when nobody waited in the first place', async () => {
      const { result, events } = await check(subject.healthy, { signal: AbortSignal.abort() });
      expect(new Set(result.steps.map(({ code }) => code))).toEqual(new Set(['cancelled']));
      expect(events.some((event) => 'started' in event)).toBe(false);
    });

    it('does not mind a listener that fails', async () => {
      const { result } = await check(subject.healthy, {
        onStep: () => {
          throw new Error('The browser is gone.');
        },
      });
      expect(result.outcome).toBe('passed');
    });

    it('can be opened for reading if and only if it says so, and says then which folder that is about', () => {
      const isSource = connector.manifest.capabilities.includes('source');
      const parts = [connector.openSource, connector.manifest.entityFolderOf, subject.source];
      expect(parts.map((part) => part !== undefined)).toEqual(parts.map(() => isSource));
    });

    if (connector.manifest.capabilities.includes('source')) {
      describeSourceContract(connector, () => subject, expectNoSecret);
    }
  });
};
