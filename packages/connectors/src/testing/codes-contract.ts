import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCodes, type Verdict } from '../check-run.ts';

/** Something that a connector can find, with placeholders for facts, and the steps that can find it. */
export type FoundCode = Verdict & { steps: readonly string[] };

const resultOf = ({ status, isTransient }: FoundCode): string => {
  if (status !== 'failed') return status;
  return isTransient === true ? 'failing' : 'action required';
};

/** Codes without a step are found only while something is read or written. */
const stepsOf = ({ steps }: FoundCode, elsewhere: string): string =>
  steps.length > 2 ? `${steps[0]} … ${steps.at(-1)}` : steps.join(', ') || elsewhere;

const row = (found: FoundCode, elsewhere: string): string => {
  const { code, message, remedy } = found;
  const command = remedy?.command === undefined ? '' : `<br>\`${remedy.command}\``;
  const cells = [stepsOf(found, elsewhere), `\`${code}\``, resultOf(found), message, `${remedy?.text ?? ''}${command}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
};

const tableOf = (codes: readonly FoundCode[], elsewhere: string): string =>
  ['| step | code | result | what is said | what to do |', '|---|---|---|---|---|']
    .concat(codes.map((found) => row(found, elsewhere)))
    .join('\n');

/** What a connector owes to whoever reads its codes, as tests; `vitest -u` writes the table between the marks of the README. */
export const describeCodes = (readmeUrl: URL, codes: readonly FoundCode[], elsewhere: string): void => {
  describe('codes', () => {
    it('are those of the README', async () => {
      const readme = fileURLToPath(readmeUrl);
      const written = readFileSync(readme, 'utf8').replace(
        /(<!-- codes -->\n)[\s\S]*(<!-- \/codes -->)/,
        (_, begin, end) => `${begin}\n${tableOf(codes, elsewhere)}\n\n${end}`,
      );
      expect(written).toContain(`| \`${codes[0]?.code}\` |`);
      await expect(written).toMatchFileSnapshot(readme);
    });

    it('are stable words, and none that every check has with another meaning', () => {
      for (const { code } of codes) expect(code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
      const shared = codes.map(({ code }) => code).filter((code) => (runCodes as readonly string[]).includes(code));
      expect(shared).toEqual(['unexpected']);
    });

    it('say what to do, unless nothing is wrong', () => {
      for (const { code, status, remedy } of codes) {
        expect(remedy !== undefined && remedy.text !== '', code).toBe(status === 'failed');
      }
    });
  });
};
