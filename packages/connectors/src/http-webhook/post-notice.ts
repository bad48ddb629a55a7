import { type StoreContext, StoreError } from '../connector.ts';
import { type FindingCode, WebhookError } from './findings.ts';
import { refusalIn } from './judge-answer.ts';
import { httpWebhookManifest } from './manifest.ts';
import { openReceiver } from './receiver.ts';

/** Who takes notices: signed when there is a secret, and never with another sign-in. */
export type NoticeReceiver = { url: string; signingSecret: string | undefined };

/** A notice on its way. `key` is the same for every attempt to deliver it. */
export type OutgoingNotice = { key: string; body: Uint8Array };

type Words = { message?: string; remedy: string };

const lookIntoLog = 'Look into the log of the receiver: it did not like something about the notice.';
const compareSecrets =
  'Compare the signing secret with that of the receiver. Notices are signed; no other way to sign in is possible.';

/** What is said in other words than about rows. */
const wordsFor = (host: string): Partial<Record<FindingCode, Words>> => ({
  credentialRefused: { message: `${host} does not accept who posts the notice (HTTP 401).`, remedy: compareSecrets },
  accessRefused: { remedy: compareSecrets },
  addressGone: { remedy: 'Enter the URL of the receiver that took its place, or delete the hook.' },
  batchTooLarge: { remedy: 'Let the receiver take bodies of some kilobytes.' },
  typeRefused: {
    message: `${host} does not take application/json (HTTP 415).`,
    remedy: 'Let the receiver take this content type.',
  },
  requestRefused: { remedy: lookIntoLog },
  rowsRefused: { remedy: lookIntoLog },
  requestTimedOut: { remedy: 'Try again. If it stays so, look at the network between Junction and the receiver.' },
  throttled: { remedy: 'Nothing to do but wait.' },
  noAnswer: {
    remedy:
      'Let the receiver answer as soon as it has kept the notice, and work on it afterwards. If it never answers, look at the firewall.',
  },
});

const inOtherWords = ({ code, message, remedy, isTransient, retryAfterMs }: WebhookError, host: string): StoreError => {
  const words = wordsFor(host)[code as FindingCode];
  return new StoreError({
    code,
    message: words?.message ?? message,
    remedy: words?.remedy ?? remedy,
    isTransient,
    retryAfterMs,
  });
};

/**
 * Posts a notice once, through the guard and without following redirects. Rejects with a StoreError when it was not accepted, but what was
 * aborted rejects with the signal's reason.
 */
export const postNotice = async (
  { url, signingSecret }: NoticeReceiver,
  { key, body }: OutgoingNotice,
  {
    outbound,
    now,
    signal,
    deadlineMs,
  }: Pick<StoreContext, 'outbound' | 'now'> & {
    signal: AbortSignal;
    deadlineMs: number;
  },
): Promise<void> => {
  const settings = httpWebhookManifest.settings.parse({ url, authentication: 'none' });
  const receiver = openReceiver(
    { settings, secrets: { signingSecret } },
    { outbound, now },
    { closing: signal, deadlineMs },
  );
  try {
    const delivery = { event: 'notice', key, contentType: 'application/json', about: {}, body } as const;
    const answer = await receiver.deliver(delivery, signal);
    const refusal = refusalIn(answer, receiver.facts, now());
    if (refusal !== undefined) throw refusal;
  } catch (error) {
    throw error instanceof WebhookError ? inOtherWords(error, receiver.facts.host) : error;
  } finally {
    receiver.close();
  }
};
