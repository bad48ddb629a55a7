import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCodes } from './check-run.ts';
import { manifestOf, manifests } from './manifests.ts';
import { connectorOf, connectors } from './runtime.ts';
import { findings } from './shared-azure-storage/findings/findings.ts';
import { codeTable } from './shared-azure-storage/testing/code-table.ts';

const here = new URL('./', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, here), 'utf8');

/** A connector is a folder with a manifest. */
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/manifest.ts`, here)))
  .map(({ name }) => name);

/** What stands between the markers of a generated part is made anew. */
const withTable = (readme: string, table: string): string =>
  readme.replace(/(<!-- codes -->\n)[\s\S]*(<!-- \/codes -->)/, (_, begin, end) => `${begin}\n${table}\n\n${end}`);

/** Files that a browser loads may not pull in Node or an SDK. */
const importsOf = (path: string): string[] =>
  [...read(path).matchAll(/from '([^']+)'/g)].map(([, name]) => String(name));

const browserFilesFrom = (path: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const name of importsOf(path).filter((one) => one.startsWith('.'))) {
    browserFilesFrom(new URL(name, new URL(path, here)).pathname.slice(here.pathname.length), seen);
  }
  return seen;
};

describe('the list of connectors', () => {
  it('names every folder with a manifest, on both sides', () => {
    expect(folders.length).toBeGreaterThan(0);
    expect(manifests.map(({ type }) => type).toSorted()).toEqual(folders);
    expect(connectors.map(({ manifest }) => manifest.type).toSorted()).toEqual(folders);
    for (const type of folders) expect(connectorOf(type)?.manifest).toBe(manifestOf(type));
    expect(connectorOf('unknown')).toBeUndefined();
  });

  it.each(folders)('%s has a connector, a README, and a test that calls the contract suite', (folder) => {
    for (const file of ['connector.ts', 'README.md', 'connector.test.ts'])
      expect(existsSync(new URL(`${folder}/${file}`, here)), file).toBe(true);
    expect(read(`${folder}/connector.test.ts`)).toMatch(/^describe(?:Local)?ConnectorContract\(/m);
  });

  it.each(folders)('%s is in the table of the guide', (folder) => {
    expect(read('../../../docs/connectors.md')).toContain(`](../packages/connectors/src/${folder}/README.md)`);
  });

  it('can be loaded by a browser', () => {
    const files = browserFilesFrom('manifests.ts');
    expect(files.size).toBeGreaterThan(folders.length);
    const packages = [...files].flatMap((path) => importsOf(path).filter((name) => !name.startsWith('.')));
    expect(new Set(packages)).toEqual(new Set(['zod']));
  });
});

describe('the codes of Azure Storage', () => {
  it.each([
    ['adls-gen2', 'dfs'],
    ['azure-blob', 'blob'],
  ] as const)('are those in the README of %s; `vitest -u` writes them there', async (folder, service) => {
    const path = `${folder}/README.md`;
    await expect(withTable(read(path), codeTable(service))).toMatchFileSnapshot(new URL(path, here).pathname);
  });

  it('are stable words, and none means two things', () => {
    for (const code of [...Object.keys(findings), ...runCodes]) expect(code).toMatch(/^[a-z]+([A-Z][a-z0-9]+)*$/);
    const shared = Object.keys(findings).filter((code) => (runCodes as readonly string[]).includes(code));
    expect(shared).toEqual(['unexpected']);
  });

  it('all say what to do, unless nothing is wrong', () => {
    for (const [code, finding] of Object.entries(findings)) {
      if (finding.status === 'failed') expect('remedy' in finding, code).toBe(true);
    }
  });
});
