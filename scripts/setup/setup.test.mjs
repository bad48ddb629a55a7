import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.mjs';
import { holds } from './packages.mjs';
import { root } from './run.mjs';

describe('what is installed', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'apps/api': { version: '0.1.0' },
    'node_modules/@junction/api': { link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/@swc/core-darwin-arm64': { version: '1.16.18', optional: true },
  };
  const installed = { 'node_modules/@junction/api': { link: true }, 'node_modules/zod': { version: '4.6.7' } };

  it('is enough without the root, the workspaces and other platforms’ packages', () => {
    expect(holds(installed, wanted)).toBe(true);
  });

  it.each([
    ['a package is missing', { 'node_modules/@junction/api': { link: true } }],
    ['a workspace is not linked', { 'node_modules/zod': { version: '4.6.7' } }],
    ['a package has another version', { ...installed, 'node_modules/zod': { version: '4.6.6' } }],
    [
      'an optional package has another version',
      { ...installed, 'node_modules/@swc/core-darwin-arm64': { version: '1.0.0' } },
    ],
  ])('is not enough when %s', (_case, found) => {
    expect(holds(found, wanted)).toBe(false);
  });
});

describe('the fingerprint of sources', () => {
  let folder;
  const write = (name, text) => {
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const now = () => fingerprint([relative(root, folder)]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'junction-fingerprint-'));
    write('src/page.tsx', 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['a file changes', () => write('src/page.tsx', 'two')],
    ['a file comes', () => write('src/other.ts', '')],
    [
      'a file gets another name',
      () => {
        rmSync(join(folder, 'src/page.tsx'));
        write('src/pane.tsx', 'one');
      },
    ],
  ])('changes when %s', (_case, change) => {
    const before = now();
    change();
    expect(now()).not.toBe(before);
  });

  it('does not change with tests and built files', () => {
    const before = now();
    write('src/page.test.tsx', 'test');
    mkdirSync(join(folder, 'dist'));
    write('dist/index.html', 'built');
    expect(now()).toBe(before);
  });

  it('leaves out what is absent', () => {
    expect(fingerprint([relative(root, folder), 'no-such-folder'])).toBe(now());
  });
});
