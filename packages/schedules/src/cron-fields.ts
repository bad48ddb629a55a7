import { cronJob } from './cron-job.ts';

/** The five fields of an expression, as people call them, with what each may hold. */
const fields = [
  { name: 'minute', values: '0 to 59' },
  { name: 'hour', values: '0 to 23' },
  { name: 'day of the month', values: '1 to 31' },
  { name: 'month', values: '1 to 12 or JAN to DEC' },
  { name: 'day of the week', values: '0 to 7 (0 and 7 are Sunday) or SUN to SAT' },
] as const;

const fieldNames = `${fields
  .slice(0, -1)
  .map(({ name }) => name)
  .join(', ')} and ${fields.at(-1)?.name}`;

/** Classic cron and nothing else, so that an expression means here what it means in any crontab: croner knows more (L, W, #, ?). */
const value = '(?:\\d{1,2}|[a-z]{3})';
const item = `(?:\\*|${value}(?:-${value})?)(?:/\\d{1,2})?`;
const classicField = new RegExp(`^${item}(?:,${item})*$`, 'i');

/** How much of a field a message repeats. */
const quotedLength = 20;
const quote = (text: string) => `“${text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text}”`;

const isField = (text: string, index: number): boolean => {
  if (!classicField.test(text)) return false;
  try {
    // Alone among fields that mean "every", so that what is refused is this field.
    cronJob(fields.map((_, at) => (at === index ? text : '*')).join(' '), 'UTC');
    return true;
  } catch {
    return false;
  }
};

/** The fields of an expression, or a sentence about the first one that is not understood. */
export const cronFields = (
  expression: string,
): { fields: string[] } | { code: 'cronFieldCount' | 'cronField'; message: string } => {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== fields.length) {
    const what = expression.trim().startsWith('@')
      ? 'Names such as @daily are not known here.'
      : `The expression has ${texts.length === 1 ? '1 field' : `${texts.length} fields`}.`;
    const seconds = texts.length === fields.length + 1 ? ' Leave out seconds and years.' : '';
    return {
      code: 'cronFieldCount',
      message: `${what} Write five fields: ${fieldNames}; 0 6 * * 1 is Mondays at 06:00.${seconds}`,
    };
  }
  for (const [index, { name, values }] of fields.entries()) {
    const text = texts[index] ?? '';
    if (isField(text, index)) continue;
    const other =
      name === 'day of the month' && /^(L|\d+W|LW)$/i.test(text)
        ? ' For the last day of a month, choose a monthly plan.'
        : '';
    return {
      code: 'cronField',
      message: `The ${name} ${quote(text)} is not understood. Use ${values}, or * for every one; lists (1,3), ranges (1-5) and steps (*/2 or 1-5/2) work too.${other}`,
    };
  }
  return { fields: texts };
};
