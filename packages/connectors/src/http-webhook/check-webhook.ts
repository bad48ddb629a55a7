import { randomUUID } from 'node:crypto';
import { type StepWork, startCheckRun } from '../check-run.ts';
import { type CheckContext, stepDeadlineMs } from '../connector.ts';
import type { WebhookTarget } from './credential.ts';
import { type FindingCode, verdictOf, WebhookError } from './findings.ts';
import { refusalIn } from './judge-answer.ts';
import { steps } from './manifest.ts';
import type { Answer } from './post.ts';
import { type Delivery, openReceiver } from './receiver.ts';

/** A little less than a step has, so that a step whose only request hangs can still say which host did not answer. */
const requestDeadlineMs = stepDeadlineMs - 250;

/** What receivers accept and forget: no rows, but in all else like a delivery of some. */
const newTestDelivery = (): Delivery => ({
  event: 'check',
  key: `check-${randomUUID()}`,
  contentType: 'application/x-ndjson',
  about: { 'junction-rows': '0' },
  body: new Uint8Array(),
});

/** What a step cannot do is what it finds. */
const orVerdict =
  (work: StepWork): StepWork =>
  (signal) =>
    work(signal).catch((error: unknown) => {
      if (error instanceof WebhookError) return error.verdict;
      throw error;
    });

const aboutSignIn: readonly string[] = ['credentialRefused', 'accessRefused'] satisfies FindingCode[];

/** Verifies a webhook step by step. The last two read one answer: that to a delivery without rows. */
export const checkWebhook = async (target: WebhookTarget, context: CheckContext) => {
  const run = startCheckRun(steps, context);
  const receiver = openReceiver(target, context, { closing: run.signal, deadlineMs: requestDeadlineMs });
  const { facts, lines } = receiver;
  let answer: Answer | undefined;

  run.step(
    'endpoint',
    [],
    orVerdict(async (signal) => {
      await Promise.all(lines.map((line) => line.admit(signal)));
      return verdictOf('endpointFound', facts);
    }),
  );
  run.step(
    'connect',
    ['endpoint'],
    orVerdict(async (signal) => {
      await Promise.all(lines.map((line) => line.connect(signal)));
      return verdictOf('connected', facts);
    }),
  );
  run.step(
    'authenticate',
    ['connect'],
    orVerdict(async (signal) => {
      answer = await receiver.deliver(newTestDelivery(), signal);
      const refusal = refusalIn(answer, facts, context.now());
      if (refusal === undefined) return verdictOf('credentialAccepted', facts);
      if (aboutSignIn.includes(refusal.code)) throw refusal;
      return verdictOf('credentialNotJudged', { ...facts, status: answer.status });
    }),
  );
  run.step(
    'deliver',
    ['authenticate'],
    orVerdict(async () => {
      const refusal = answer && refusalIn(answer, facts, context.now());
      if (refusal !== undefined) throw refusal;
      return verdictOf('delivered', facts);
    }),
  );

  const result = await run.finish();
  receiver.close();
  return result;
};
