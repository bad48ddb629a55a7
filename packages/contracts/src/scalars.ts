import * as z from 'zod';

/** A UUID. Junction makes version 7 (time-ordered) ones; RFC 9562 §5.7. Taken in either case, so that one id is one text from here on. */
export const Id = z.uuid({ error: 'Must be a UUID.' }).toLowerCase();

/** An RFC 3339 date-time in UTC. */
export const Timestamp = z.iso.datetime({ offset: true });

/** E-mail addresses are compared without case, so they are kept in lower case. RFC 5321 limits them to 254 octets. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: 'An e-mail address has at most 254 characters.' })
  .pipe(z.email({ error: 'Enter an e-mail address such as name@contoso.com.' }));

/** Line breaks of every kind, control characters, and marks that turn the direction of the text around them. */
const unfitForNames = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** A name needs a character that one sees; spaces, joiners and marks without a letter are none. */
const visible = /[^\p{Cf}\p{M}\p{Z}]/u;

/** What people call a thing: one line that one can see, 1 to 100 characters after trimming. */
export const DisplayName = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, { error: 'Enter a name.', abort: true })
  .max(100, { error: 'A name has at most 100 characters.' })
  .refine((name) => !unfitForNames.test(name), {
    error: 'A name has no line breaks or control characters.',
    abort: true,
  })
  .refine((name) => visible.test(name), { error: 'A name has at least one visible character.' });

/** NIST SP 800-63B: NFKC, so that a password is the same however a keyboard composes its characters. The maximum bounds the hashing work. */
export const Password = z
  .string()
  .normalize('NFKC')
  .min(1, { error: 'Enter the password.' })
  .max(256, { error: 'A password has at most 256 characters.' });

/** NIST SP 800-63B: length over composition rules. */
export const NewPassword = z
  .string()
  .normalize('NFKC')
  .min(12, { error: 'A password has at least 12 characters.' })
  .max(256, { error: 'A password has at most 256 characters.' });

/** An IANA time zone the runtime knows, such as Europe/Berlin; a bare offset such as +01:00 is none. */
export const TimeZone = z.string().refine(isTimeZone, { error: 'Choose an IANA time zone such as Europe/Berlin.' });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets are taken with any sign, U+2212 among others.
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}

/** Who did something, as others may see them. */
export const PersonRef = z.object({ id: Id, name: z.string() });
export type PersonRef = z.infer<typeof PersonRef>;
