import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportDeeds, exportRules } from '@junction/contracts';
import { describe, expect, it } from 'vitest';

const file = join(import.meta.dirname, '../../../../../docs/permissions.md');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The permission table as the page shows it. */
const table = [
  row(['role', 'export', ...exportDeeds]),
  row(['---', '---', ...exportDeeds.map(() => ':-:')]),
  ...exportRules.map(({ who, when, may }) => {
    const deeds: readonly string[] = may;
    return row([who, when, ...exportDeeds.map((deed) => (deeds.includes(deed) ? '✓' : ''))]);
  }),
].join('\n');

describe('docs/permissions.md', () => {
  it('has the permission table of the code; `vitest -u` writes it there', async () => {
    const page = readFileSync(file, 'utf8').replace(
      /(<!-- rules -->\n)[\s\S]*(<!-- \/rules -->)/,
      (_, begin, end) => `${begin}\n${table}\n\n${end}`,
    );
    expect(page).toContain(table);
    await expect(page).toMatchFileSnapshot(file);
  });
});
