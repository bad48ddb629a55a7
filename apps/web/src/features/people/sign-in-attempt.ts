import { ProviderId } from '@junction/contracts';
import * as z from 'zod';

/** What somebody was about to do when they left for an identity provider; nothing of it is secret. */
const Attempt = z.object({
  providerId: ProviderId,
  purpose: z.enum(['signIn', 'connect']),
  returnTo: z.string().optional(),
});
export type Attempt = z.infer<typeof Attempt>;

const key = 'junction.sign-in';

/**
 * The last attempt of this tab, so that one that fails can be begun anew, and who was connecting their account gets back to it.
 * Where storage is refused, there is none.
 */
export const lastAttempt = {
  get: (): Attempt | null => {
    try {
      return Attempt.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null')).data ?? null;
    } catch {
      return null;
    }
  },
  set: (attempt: Attempt): void => {
    try {
      sessionStorage.setItem(key, JSON.stringify(attempt));
    } catch {
      // Without it one begins at the sign-in page.
    }
  },
  forget: (): void => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // There is nothing to forget.
    }
  },
};
