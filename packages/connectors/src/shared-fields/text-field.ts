import * as z from 'zod';

/** No field is longer than this when it is pasted; a SAS URL with all its parameters has well under 4,000 characters. */
const pastedMaxChars = 8_000;

/** A text that is brought into the form it is stored in. `problemOf` judges that form and also sees what was typed. */
export const text = (
  missing: string,
  normalise: (typed: string) => string,
  problemOf: (value: string, typed: string) => string | undefined,
  maxChars = pastedMaxChars,
): z.ZodString =>
  z
    .string({ error: missing })
    .max(maxChars, { error: 'This is too long.', abort: true })
    .superRefine((typed, context) => {
      const problem = typed.trim() === '' ? missing : problemOf(normalise(typed), typed);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .overwrite(normalise);

const emptyAsAbsent = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

/** A field that may stay empty; an empty text and an absent one are the same thing. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(emptyAsAbsent, schema.optional()).optional();
