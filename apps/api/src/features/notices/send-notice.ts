import { postNotice, StoreError } from '@junction/connectors/runtime';
import type { NoticeKind } from '@junction/contracts';
import type { House } from '../../house.ts';
import { VaultError } from '../../platform/vault.ts';
import { openSecret } from './hook-secret.ts';
import type { HookProblem, HookRow } from './hook-store.ts';
import type { NoticeWords } from './record-notices.ts';
import { deliveryDeadlineMs } from './rules.ts';

/** What a receiver is told. */
export type SentNotice = NoticeWords & {
  id: string;
  kind: NoticeKind | 'test';
  at: string;
  environment: { id: string; name: string };
  /** Null in a test, which is about nothing. */
  subject: { type: string; id: string; name: string } | null;
  runId: string | null;
  /** The page that tells more. */
  link: string;
};

/** How sending went; undefined when the notice has arrived. */
export type SendProblem = HookProblem & { isTransient: boolean; retryAfterMs?: number };

const secretUnreadable: SendProblem = {
  code: 'secretUnreadable',
  message: 'The signing secret cannot be opened: it was sealed with another key or for another URL.',
  remedy: 'Enter the signing secret again.',
  isTransient: false,
};

const broke: SendProblem = {
  code: 'internal',
  message: 'Something went wrong in Junction. The log of the server has the reason.',
  remedy: 'Try again; if it stays so, report it with the lines of the log.',
  isTransient: true,
};

type Needs = Pick<House, 'vault' | 'outbound' | 'clock' | 'log'>;

/** Sends a notice to a hook once. Throws only what the signal is aborted with. */
export const sendNotice = async (
  house: Needs,
  hook: HookRow,
  notice: SentNotice,
  signal: AbortSignal,
): Promise<SendProblem | undefined> => {
  const { outbound, clock, log } = house;
  try {
    const receiver = { url: hook.url, signingSecret: openSecret(house, hook) };
    const body = Buffer.from(JSON.stringify(notice));
    const now = () => clock.now();
    await postNotice(receiver, { key: notice.id, body }, { outbound, now, signal, deadlineMs: deliveryDeadlineMs });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof VaultError) return secretUnreadable;
    if (!(error instanceof StoreError)) {
      // The message may quote what was sent; the name and the code do not.
      const { name, code } = (error ?? {}) as { name?: string; code?: string };
      log.error({ hookId: hook.id, name, code }, 'sending a notice broke');
      return broke;
    }
    const { code, message, remedy, isTransient, retryAfterMs } = error;
    return { code, message, remedy, isTransient, retryAfterMs };
  }
};

/** What of a problem is kept with the hook. */
export const toHookProblem = ({ code, message, remedy }: SendProblem): HookProblem => ({ code, message, remedy });
