import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { placeless } from './told-problem.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

/** The codes that the code below these folders can fail with: given as `code`, to `problem`, `skip` or `wrong`, or as the key of a finding that is a failure. */
const codesIn = (...places: string[]): Set<string> => {
  const files = places.flatMap((place) => globSync(place.endsWith('.ts') ? place : `${place}/**/*.ts`, { cwd: root }));
  // What a form says about a field is no problem of a run.
  const sources = files.filter((path) => !/\.test\.ts$|\/testing\/|\/manifest\.ts$|\/shared-fields\//.test(path));
  expect(sources).not.toEqual([]);
  const found = sources.flatMap((path) => {
    const text = readFileSync(`${root}${path}`, 'utf8');
    const failures = [...text.matchAll(/^ {2}(\w+): \{\n((?: {4}.*\n)+?) {2}\},?$/gm)].filter(([, , body]) =>
      /^ {4}status: 'failed'/m.test(body ?? ''),
    );
    const given = [...text.matchAll(/\bcode(?:: | = )([^,;\n]+)|\b(?:problem|skip|wrong)\(\s*('\w+')/g)].flatMap(
      ([, one, other]) => [...(one ?? other ?? '').matchAll(/'([a-z]\w+)'/g)],
    );
    return [...failures, ...given].flatMap(([, code]) => code ?? []);
  });
  return new Set(found);
};

const ofStores = codesIn('packages/connectors/src');
const ofRuns = codesIn(
  'packages/engine/src',
  'packages/cdm/src',
  'apps/api/src/features/exports/pipeline',
  'apps/api/src/features/lake',
  'apps/api/src/features/profiles/imports',
  'apps/api/src/features/runs',
  'apps/api/src/platform/spool.ts',
);

/** What else than stores says hosts, containers, paths or what a store has said, and so is for admins alone. */
const withheld: ReadonlySet<string> = new Set([
  'definitionUnreadable',
  'entitiesMissing',
  'entitiesUnnamed',
  'folderTooLarge',
  'locationFromRoot',
  'locationMalformed',
  'locationMissing',
  'locationOutside',
  'modelNotReplaced',
  'modelTooLarge',
  'modelsTooLarge',
  'namesTooLong',
  'noMetadata',
  'notCdm',
  'notJson',
  'notUtf8',
  'partitionElsewhere',
  'partitionIsFolder',
  'partitionMissing',
  'partitionsUnreadable',
  'referenceEntity',
  'tooManyEntities',
  'tooManyFolders',
  'tooManyManifests',
  'versionUnsupported',
]);

describe('each problem that a run can have', () => {
  it('is found by this test', () => {
    for (const code of ['accountDisabled', 'hostKeyChanged', 'receiverError', 'pathRefused', 'cancelled'])
      expect(ofStores.has(code), code).toBe(true);
    for (const code of [
      'malformedRow',
      'headerUnknown',
      'columnTwice',
      'locationOutside',
      'withdrawn',
      'internal',
      'spoolTooSmall',
    ])
      expect(ofRuns.has(code), code).toBe(true);
  });

  it('is told to everybody (`placeless` in told-problem.ts) or withheld (above)', () => {
    const isDecided = (code: string) => placeless.has(code) || withheld.has(code) || ofStores.has(code);
    expect([...ofRuns].filter((code) => !isDecided(code))).toEqual([]);
  });

  it('is withheld when stores have it, who name themselves in it', () => {
    expect([...placeless].filter((code) => ofStores.has(code))).toEqual([]);
  });

  it('is decided about once, and there at all', () => {
    expect([...placeless].filter((code) => withheld.has(code))).toEqual([]);
    expect([...placeless, ...withheld].filter((code) => !ofRuns.has(code))).toEqual([]);
  });
});
