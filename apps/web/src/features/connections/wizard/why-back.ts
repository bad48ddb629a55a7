import { listOfWords } from '../../../lib/words.ts';
import type { SetUp } from './use-set-up.ts';

type Asked = Pick<SetUp, 'isResumed' | 'passed'> & { form: Pick<SetUp['form'], 'reading'> };

/** Why somebody is at the settings who wanted to go further, or who goes on with a draft; undefined where that is plain. */
export const whyBack = ({ form, isResumed, passed }: Asked, wasSentBack: boolean): string | undefined => {
  if (passed !== undefined) return undefined;
  const secrets = form.reading.problems
    .filter(({ path, kind }) => path.startsWith('secrets.') && kind === 'missing')
    .map(({ label }) => `“${label}”`);
  if (isResumed && secrets.length > 0)
    return `Everything is as you left it, except secrets: they are never kept in a draft. Enter ${listOfWords(secrets)} again, then choose Next.`;
  return wasSentBack
    ? 'These settings have to be verified before you can go on. Choose Next to verify them.'
    : undefined;
};
