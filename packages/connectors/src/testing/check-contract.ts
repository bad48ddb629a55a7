import { CheckResult } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Connector, checkDeadlineMs } from '../connector.ts';
import type { ContractSubject, LocalSubject } from '../connector-contract.ts';
import { metaOf, requiredSecrets } from '../manifest.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { failedStep, type RawTarget, runCheck } from './run-check.ts';

/** How soon a check is over after nobody waits any more: enough for cleaning up, far less than a deadline. */
const abortPatienceMs = 2_000;

/** A healthy check on loopback: a check of this many milliseconds feels immediate, and what is slower waits where it need not. */
const healthyWithinMs = 1_000;

const expectStableCodes = ({ steps }: CheckResult): void => {
  for (const { code } of steps) expect(code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
};

const checker =
  (connector: Connector, subjectOf: () => LocalSubject) =>
  (target: RawTarget, options: Parameters<typeof runCheck>[2] = {}) =>
    runCheck(connector, target, { outbound: subjectOf().outbound, ...options });

/** What a connector's manifest and check owe to the rest of Junction, as tests; part of the contract of connectors. */
export const describeCheckContract = (
  connector: Connector,
  subjectOf: () => LocalSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('manifest and check', () => {
    const check = checker(connector, subjectOf);

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
      const settings = manifest.settings.parse(subjectOf().healthy.settings);
      expect(Object.keys(subjectOf().healthy.secrets)).toEqual(requiredSecrets(manifest, settings));
      expect(manifest.endpointOf(settings)).toMatch(/^[a-z][a-z0-9+.-]*:\/\/[^/]/);
      expect(manifest.endpointOf(manifest.settings.parse(settings))).toBe(manifest.endpointOf(settings));
    });

    it('passes every step of a healthy target, soon and without a trace', async () => {
      await check(subjectOf().healthy);
      const before = await subjectOf().contents();
      const { result } = await check(subjectOf().healthy);
      expect(result.steps.map(({ step, status }) => [step, status])).toEqual(
        connector.manifest.steps.map(({ step }) => [step, 'passed']),
      );
      expect(result.outcome).toBe('passed');
      expect(result.durationMs).toBeLessThan(healthyWithinMs);
      expect(await subjectOf().contents()).toEqual(before);
      expectNoSecret(result);
    });

    it('reports each step once, as it starts and as it ends, and the same in the result', async () => {
      const { result, events } = await check(subjectOf().healthy);
      CheckResult.parse(result);
      for (const step of result.steps) {
        const own = events.filter((event) => ('started' in event ? event.started : event.finished.step) === step.step);
        expect(own).toEqual([{ started: step.step }, { finished: step }]);
      }
    });

    it('looks at nothing when nobody waited in the first place', async () => {
      const { result, events } = await check(subjectOf().healthy, { signal: AbortSignal.abort() });
      expect(new Set(result.steps.map(({ code }) => code))).toEqual(new Set(['cancelled']));
      expect(events.some((event) => 'started' in event)).toBe(false);
    });

    it('does not mind a listener that fails', async () => {
      const { result } = await check(subjectOf().healthy, {
        onStep: () => {
          throw new Error('The browser is gone.');
        },
      });
      expect(result.outcome).toBe('passed');
    });

    it('has codes that are stable words', async () => {
      const { result } = await check(subjectOf().healthy);
      expectStableCodes(result);
    });
  });
};

/** What a check over a network, with secrets, owes besides. */
export const describeNetworkCheckContract = (
  connector: Connector,
  subjectOf: () => ContractSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('check over a network', () => {
    const check = checker(connector, subjectOf);

    it('finds a wrong secret at the right step, and says what to do on which field', async () => {
      const { result, events } = await check(subjectOf().wrongSecret);
      const failed = failedStep(result);
      expect(failed?.step).toBe(subjectOf().wrongSecret.failsAt);
      expect(failed?.field).toMatch(/^secrets\./);
      expect(failed?.remedy?.text).not.toBe('');
      expect(result.outcome).toBe('actionRequired');
      expect(result.steps.map(({ step }) => step)).toEqual(connector.manifest.steps.map(({ step }) => step));
      expectStableCodes(result);
      expectNoSecret([result, events]);
    });

    it('takes a host that nobody answers at for something that may pass, and has a name for it', async () => {
      const { result } = await check(subjectOf().unreachable);
      const failed = failedStep(result);
      expect(failed?.code).not.toBe('unexpected');
      expect(failed?.remedy?.text).toBeTruthy();
      expect(result.outcome).toBe('failing');
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const { result } = await check(subjectOf().healthy, { outbound: createOutbound({ allowedHosts: [] }) });
      expect(result.steps.map(({ status }) => status)).not.toContain('passed');
      expect(failedStep(result)?.field).toMatch(/^settings\./);
      expect(result.outcome).toBe('actionRequired');
    });

    it(
      'is over by its deadline when the host never answers',
      async () => {
        const from = performance.now();
        const { result, events } = await check(subjectOf().hanging);
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
      const { result, events } = await check(subjectOf().hanging, { signal: abort.signal });
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
      expect(result.outcome).toBe('failing');
      expect(result.steps.some(({ code }) => code === 'cancelled')).toBe(true);
      expectNoSecret([result, events]);
    });
  });
};
