import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Breach, findBreaches } from './find-breaches.ts';
import { walls } from './walls.ts';

// One small house in which every wall is broken at least once, beside imports that are fine.

const contracts = 'packages/contracts/src/index.ts';
const manifests = 'packages/connectors/src/manifests.ts';
const schedules = 'packages/schedules/src/index.ts';
const features = 'apps/api/src/features';
const web = 'apps/web/src';

/** Imports that are fine, from file to file or package. */
const sound: [from: string, to: string, isTypeOnly?: 'type'][] = [
  [contracts, 'zod'],
  ['packages/contracts/src/access.test.ts', 'vitest'],
  ['packages/cdm/src/index.ts', 'zod'],
  ['packages/connectors/src/audience-insights/check-audience-insights.ts', 'packages/cdm/src/index.ts'],
  [schedules, contracts],
  [schedules, 'croner'],
  [schedules, 'packages/schedules/src/next-runs.ts'],
  ['packages/schedules/src/next-runs.test.ts', 'packages/schedules/src/testing/wall-clock.ts'],
  ['packages/engine/src/index.ts', contracts, 'type'],
  ['packages/engine/src/index.ts', 'node:zlib'],
  ['packages/engine/src/index.test.ts', 'zod'],
  ['packages/profiles/src/index.ts', contracts],
  ['packages/profiles/src/index.ts', 'zod'],
  ['packages/profiles/src/index.ts', 'node:zlib'],
  ['packages/identity-providers/src/index.ts', 'openid-client'],
  ['packages/identity-providers/src/index.ts', 'node:buffer'],
  [manifests, 'packages/connectors/src/lake/manifest.ts'],
  ['packages/connectors/src/lake/manifest.ts', 'packages/connectors/src/manifest.ts'],
  ['packages/connectors/src/lake/manifest.ts', 'packages/connectors/src/shared-storage/fields.ts'],
  ['packages/connectors/src/lake/manifest.ts', 'packages/connectors/src/lake/fields.ts'],
  ['packages/connectors/src/lake/connector.ts', 'packages/connectors/src/lake/manifest.ts'],
  ['packages/connectors/src/lake/connector.ts', 'packages/connectors/src/shared-storage/client.ts'],
  ['packages/connectors/src/lake/connector.ts', 'packages/connectors/src/outbound/outbound.ts'],
  ['packages/connectors/src/lake/connector.ts', 'packages/connectors/src/signing/signing.ts'],
  ['packages/connectors/src/lake/connector.test.ts', 'packages/connectors/src/testing/servers.ts'],
  ['packages/connectors/src/lake/connector.test.ts', 'packages/connectors/src/connector-contract.ts'],
  ['packages/connectors/example/shelf/connector.ts', 'packages/connectors/example/shelf/manifest.ts'],
  [`${features}/connections/routes.ts`, 'apps/api/src/http/asked.ts', 'type'],
  [`${features}/connections/share-connection.ts`, 'apps/api/src/house.ts', 'type'],
  [`${features}/connections/share-connection.ts`, `${features}/activity/index.ts`],
  [`${features}/connections/share-connection.ts`, `${features}/connections/store.ts`],
  [`${features}/connections/rules.ts`, contracts],
  [`${features}/connections/rules.ts`, manifests],
  [`${features}/connections/rules.ts`, schedules],
  [`${features}/connections/rules.ts`, 'apps/api/src/platform/db.ts', 'type'],
  [`${features}/connections/store.ts`, 'apps/api/src/platform/db.ts'],
  [`${features}/connections/store.ts`, 'packages/cdm/src/index.ts', 'type'],
  ['apps/api/src/platform/hen.ts', 'apps/api/src/platform/egg.ts'],
  [`${features}/people/index.ts`, `${features}/activity/index.ts`],
  [`${features}/status/index.ts`, `${features}/connections/index.ts`],
  ['apps/api/src/house.ts', `${features}/people/index.ts`],
  ['apps/api/src/http/app.ts', 'express'],
  ['apps/api/src/http/app.ts', `${features}/connections/routes.ts`],
  ['apps/api/src/http/app.api.test.ts', 'apps/api/src/testing/house.ts'],
  [`${web}/app/routes.tsx`, `${web}/features/members/routes.tsx`],
  [`${web}/features/members/routes.tsx`, `${web}/ui/card.tsx`],
  [`${web}/features/members/routes.tsx`, `${web}/lib/call.ts`],
  [`${web}/features/members/routes.tsx`, contracts],
  [`${web}/features/members/routes.tsx`, manifests],
  [`${web}/features/members/routes.tsx`, schedules],
];

/** Per wall, imports that go through it. */
const broken: Record<string, [from: string, to: string, isTypeOnly?: 'type'][]> = {
  'contracts-import-zod-only': [
    ['packages/contracts/src/bad-core.ts', 'node:fs'],
    ['packages/contracts/src/bad-package.ts', 'express', 'type'],
  ],
  'schedules-stand-alone': [
    ['packages/schedules/src/bad-core.ts', 'node:timers'],
    ['packages/schedules/src/bad-package.ts', 'zod', 'type'],
    ['packages/schedules/src/bad-connector.ts', manifests],
  ],
  'cdm-imports-zod-only': [
    ['packages/cdm/src/bad-core.ts', 'node:fs'],
    ['packages/cdm/src/bad.ts', contracts, 'type'],
  ],
  'engine-stands-alone': [
    ['packages/engine/src/bad-package.ts', 'zod'],
    ['packages/engine/src/bad-metadata.ts', 'packages/cdm/src/index.ts', 'type'],
  ],
  'engine-has-only-types-of-contracts': [['packages/engine/src/bad-contracts.ts', contracts]],
  'profiles-stand-alone': [
    ['packages/profiles/src/bad-package.ts', 'express', 'type'],
    ['packages/profiles/src/bad-engine.ts', 'packages/engine/src/index.ts', 'type'],
  ],
  'identity-providers-stand-alone': [
    ['packages/identity-providers/src/bad-package.ts', 'zod'],
    ['packages/identity-providers/src/bad-guard.ts', 'packages/connectors/src/outbound/outbound.ts', 'type'],
  ],
  'manifests-run-in-browsers': [
    ['packages/connectors/src/heavy/manifest.ts', 'packages/connectors/src/shared-storage/client.ts'],
  ],
  'manifests-import-no-connector': [
    ['packages/connectors/src/bad/manifest.ts', 'packages/connectors/src/lake/manifest.ts'],
  ],
  'connectors-stand-alone': [['packages/connectors/src/bad/connector.ts', 'packages/connectors/src/lake/connector.ts']],
  'connectors-leave-metadata-alone': [['packages/connectors/src/bad/metadata.ts', 'packages/cdm/src/index.ts']],
  'connectors-are-packages': [['packages/connectors/src/bad/db.ts', 'apps/api/src/platform/db.ts']],
  'emulator-stands-alone': [['packages/lake-emulator/src/bad.ts', contracts]],
  'rules-are-pure': [
    [`${features}/lake/rules.ts`, 'apps/api/src/platform/db.ts'],
    [`${features}/lake/entity-rules.ts`, 'node:crypto'],
  ],
  'stores-know-their-rows-only': [[`${features}/lake/store.ts`, `${features}/connections/index.ts`]],
  'use-cases-know-no-express': [[`${features}/lake/import-entity.ts`, 'express', 'type']],
  'use-cases-know-no-http': [[`${features}/lake/list-entities.ts`, 'apps/api/src/http/problem.ts']],
  'only-the-doors-build-the-house': [[`${features}/lake/get-entity.ts`, 'apps/api/src/house.ts']],
  'platform-is-below': [['apps/api/src/platform/bad.ts', `${features}/people/index.ts`]],
  'slices-through-their-index': [[`${features}/lake/attach.ts`, `${features}/connections/store.ts`]],
  'house-through-the-index': [['apps/api/src/worker/bad.ts', `${features}/connections/store.ts`]],
  'slices-have-a-step': [[`${features}/novelty/bad.ts`, contracts]],
  'slice-order-people': [[`${features}/people/bad.ts`, `${features}/connections/index.ts`]],
  'slice-order-environments': [[`${features}/environments/bad.ts`, `${features}/lake/index.ts`]],
  'slice-order-tokens': [[`${features}/tokens/bad.ts`, `${features}/identities/index.ts`]],
  'slice-order-identities': [[`${features}/identities/bad.ts`, `${features}/connections/index.ts`]],
  'slice-order-activity': [[`${features}/activity/bad.ts`, `${features}/status/index.ts`]],
  'slice-order-notices': [[`${features}/notices/bad.ts`, `${features}/exports/index.ts`]],
  'slice-order-connections': [[`${features}/connections/bad.ts`, `${features}/runs/index.ts`]],
  'slice-order-runs': [[`${features}/runs/bad.ts`, `${features}/connections/index.ts`]],
  'slice-order-lake': [[`${features}/lake/bad.ts`, `${features}/exports/index.ts`, 'type']],
  'slice-order-profiles': [[`${features}/profiles/bad.ts`, `${features}/exports/index.ts`]],
  'slice-order-exports': [[`${features}/exports/bad.ts`, `${features}/status/index.ts`]],
  'web-features-stand-alone': [[`${web}/features/activity/bad.tsx`, `${web}/features/members/routes.tsx`]],
  'web-features-below-app': [[`${web}/features/activity/bad-app.tsx`, `${web}/app/routes.tsx`]],
  'web-ui-is-only-looks': [[`${web}/ui/bad.tsx`, `${web}/lib/call.ts`]],
  'web-lib-is-below': [[`${web}/lib/bad.ts`, `${web}/ui/card.tsx`]],
  'web-has-no-server-code': [
    [`${web}/lib/bad-api.ts`, 'apps/api/src/platform/ids.ts'],
    [`${web}/lib/bad-schedule.ts`, 'packages/schedules/src/next-runs.ts'],
    [`${web}/lib/bad-connector.ts`, 'packages/connectors/src/lake/connector.ts'],
  ],
  'web-has-no-node': [[`${web}/lib/bad-node.ts`, 'node:path']],
  'api-has-no-web': [['apps/api/src/http/bad-web.ts', `${web}/ui/card.tsx`]],
  'tests-are-not-imported': [['apps/api/src/http/bad-test.ts', 'apps/api/src/testing/house.ts']],
  // A circle is named once, at its first file.
  'no-circle': [['apps/api/src/platform/egg.ts', 'apps/api/src/platform/hen.ts']],
  'imports-resolve': [['apps/api/src/platform/lost.ts', './nowhere.ts']],
  'imports-are-declared': [['apps/api/src/platform/undeclared.ts', 'undeclared']],
  'production-needs-no-dev-package': [['apps/api/src/platform/dev.ts', 'vitest']],
};

const unused = 'apps/api/src/platform/unused.ts';
const isPackage = (name: string) => !name.includes('/') || name.startsWith('node:');
const isFile = (name: string) => !isPackage(name) && !name.startsWith('./');

let root: string;
let breaches: Breach[];

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const statement = ([from, to, kind]: [string, string, 'type'?]) => {
  const specifier = isFile(to) ? `./${relative(dirname(from), to)}` : to;
  return kind === 'type'
    ? `import type { a } from '${specifier}';\n`
    : `import * as a from '${specifier}';\nconsole.log(a);\n`;
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'junction-walls-'));
  const imports = [...sound, ...Object.values(broken).flat()];
  const files = new Set([...imports.map(([from]) => from), ...imports.map(([, to]) => to)].filter(isFile));
  for (const file of files)
    write(
      file,
      `export const b = 1;\n${imports
        .filter(([from]) => from === file)
        .map(statement)
        .join('')}`,
    );
  // The fields file has nothing, the client a package: only the latter keeps a manifest from running in browsers.
  write('packages/connectors/src/shared-storage/client.ts', "import 'express';\n");
  write('scripts/entry.ts', [...files].map((file) => `import '../${file}';\n`).join(''));
  write(unused, 'export const a = 1;\n');
  const dependencies = { zod: '*', express: '*', croner: '*', 'openid-client': '*' };
  write('package.json', JSON.stringify({ type: 'module', dependencies, devDependencies: { vitest: '*' } }));
  for (const name of ['zod', 'express', 'croner', 'openid-client', 'vitest', 'undeclared']) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
    );
    write(`node_modules/${name}/index.js`, 'export const a = 1;\n');
  }
  breaches = await findBreaches(root, ['apps', 'packages', 'scripts']);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the import walls', () => {
  it('are all tried', () => {
    expect([...Object.keys(broken), 'no-unused-module'].sort()).toEqual(walls.map(({ name }) => name).sort());
  });

  it.each(Object.entries(broken).flatMap(([wall, imports]) => imports.map(([from, to]) => ({ wall, from, to }))))(
    '$wall: $from may not import $to',
    ({ wall, from }) => {
      expect(breaches.filter((breach) => breach.from === from).map((breach) => breach.wall)).toContain(wall);
    },
  );

  it('no-unused-module: a module that nothing leads to is named', () => {
    expect(breaches.filter(({ wall }) => wall === 'no-unused-module')).toMatchObject([{ from: unused }]);
  });

  it.each(sound.map(([from, to]) => ({ from, to })))('$from may import $to', ({ from }) => {
    expect(breaches.filter((breach) => breach.from === from)).toEqual([]);
  });
});
