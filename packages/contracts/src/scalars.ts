import * as z from 'zod';

/** A UUID. Junction makes version 7 (time-ordered) ones; RFC 9562 §5.7. */
export const Id = z.uuid({ error: 'Must be a UUID.' });

/** An RFC 3339 date-time in UTC. */
export const Timestamp = z.iso.datetime({ offset: true });

/** E-mail addresses are compared without case, so they are kept in lower case. RFC 5321 limits them to 254 octets. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: 'An e-mail address has at most 254 characters.' })
  .pipe(z.email({ error: 'Enter an e-mail address such as name@contoso.com.' }));

/** What people call a thing: one line, 1 to 100 characters after trimming. */
export const DisplayName = z
  .string()
  .trim()
  .min(1, { error: 'Enter a name.' })
  .max(100, { error: 'A name has at most 100 characters.' })
  .regex(/^[^\p{Cc}]*$/u, { error: 'A name has no line breaks or control characters.' });

/** NIST SP 800-63B: length over composition rules; the maximum bounds the hashing work. */
export const NewPassword = z
  .string()
  .min(12, { error: 'A password has at least 12 characters.' })
  .max(256, { error: 'A password has at most 256 characters.' });

/** An IANA time zone the runtime knows, such as Europe/Berlin. */
export const TimeZone = z.string().refine(isTimeZone, { error: 'Choose an IANA time zone such as Europe/Berlin.' });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Who did something, as others may see them. */
export const PersonRef = z.object({ id: Id, name: z.string() });
export type PersonRef = z.infer<typeof PersonRef>;
