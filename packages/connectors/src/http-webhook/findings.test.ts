import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCodes } from '../check-run.ts';
import { type Finding, findings } from './findings.ts';
import { codeTable } from './testing/code-table.ts';

const readme = fileURLToPath(new URL('README.md', import.meta.url));

it('has the codes of the README; `vitest -u` writes them there', async () => {
  const written = readFileSync(readme, 'utf8').replace(
    /(<!-- codes -->\n)[\s\S]*(<!-- \/codes -->)/,
    (_, begin, end) => `${begin}\n${codeTable()}\n\n${end}`,
  );
  await expect(written).toMatchFileSnapshot(readme);
});

it('has codes that are stable words, and none that every check has with another meaning', () => {
  for (const code of Object.keys(findings)) expect(code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
  const shared = Object.keys(findings).filter((code) => (runCodes as readonly string[]).includes(code));
  expect(shared).toEqual(['unexpected']);
});

it('says what to do, unless nothing is wrong', () => {
  for (const [code, finding] of Object.entries<Finding>(findings))
    expect(finding.remedy !== undefined, code).toBe(finding.status === 'failed');
});
