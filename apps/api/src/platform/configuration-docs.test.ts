import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Env, readEnv, secretVariables } from './env.ts';

const root = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
const [variablesPart = '', limitsPart = ''] = page.split('## Variables')[1]?.split('## Limits') ?? [];
const rows = [...variablesPart.matchAll(/^\| `(\w+)`(⁺?) \| ([^|]+) \|/gm)].map(([, name, mark, usual = '']) => ({
  name,
  isSecret: mark !== '',
  usual: usual.trim(),
}));

describe('docs/configuration.md', () => {
  it('has every variable once, in the order of the code, with what may come from a file marked', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(Env.shape));
    expect(rows.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual([...secretVariables]);
  });

  it('states the defaults that hold', () => {
    const defaults: Record<string, unknown> = { ...readEnv({ JUNCTION_MODE: 'demo' }), JUNCTION_MODE: 'production' };
    const stated = rows.filter(({ usual }) => /^`[^`]+`$/.test(usual));
    expect(stated.map(({ name, usual }) => [name, usual])).toEqual(
      Object.entries(defaults)
        .filter(([, value]) => !Array.isArray(value))
        .map(([name, value]) => [name, `\`${value}\``]),
    );
    for (const { name, usual } of rows) if (Array.isArray(defaults[name ?? ''])) expect(usual).toBe('none');
  });

  it('states the limits that the code has', () => {
    const stated = [...limitsPart.matchAll(/\| `(\w+) = ([^`]+)` \(`([^`]+)`\) \|/g)];
    expect(stated.length).toBe(limitsPart.split('\n').filter((line) => line.startsWith('| ')).length - 1);
    for (const [, name, value, file = ''] of stated)
      expect(readFileSync(join(root, file), 'utf8'), `${name} in ${file}`).toContain(`const ${name} = ${value};`);
  });

  it('and docs/security.md link to pages that are there', () => {
    for (const file of ['docs/configuration.md', 'docs/security.md'])
      for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)#]+)/g))
        expect(existsSync(join(root, 'docs', target)), `${target} in ${file}`).toBe(true);
  });
});
