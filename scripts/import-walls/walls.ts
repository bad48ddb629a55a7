import type { IForbiddenRuleType } from 'dependency-cruiser';

// The walls of the house: who may import whom, as rules of dependency-cruiser. CONTRIBUTING.md has the same as a table;
// walls.test.ts proves that each stands.

const api = '^apps/api/src/';
const web = '^apps/web/src/';
const contracts = '^packages/contracts/src/';
const cdm = '^packages/cdm/src/';
const connectors = '^packages/connectors/src/';
const engine = '^packages/engine/src/';
const profiles = '^packages/profiles/src/';
const schedules = '^packages/schedules/src/';
const identityProviders = '^packages/identity-providers/src/';
const zod = '(^|node_modules/)zod(/|$)';
const croner = '(^|node_modules/)croner(/|$)';

/** Tests and what only they use; the walls hold for what runs in production. */
const tests = ['[.](test|spec)[.]tsx?$', '/testing/', '/connector-contract[.]ts$'];

/** The slices of the API, lowest first: a slice may use the ones on lower steps, and nobody on its own step but on the first. */
const steps = [
  ['people', 'environments', 'tokens', 'activity', 'notices'],
  ['identities'],
  ['connections', 'runs'],
  ['lake'],
  ['profiles', 'exports'],
  ['status'],
];
const slices = steps.flat();

const slice = (name: string) => `${api}features/${name}/`;

/** For each slice the ones that it must never see. */
const sliceOrder = steps.flatMap((step, index) =>
  step.map((name) => {
    const above = steps.slice(index + 1).flat();
    const beside = index === 0 ? [] : step.filter((other) => other !== name);
    return { name, unseen: [...beside, ...above] };
  }),
);

/** Where running starts: doors, threads, package exports, scripts, the example of the docs. */
const entries = [
  `${api}(main-[^/]+|[^/]+-thread)[.]ts$`,
  `${web}main[.]tsx$`,
  `${connectors}(manifests|runtime|outbound/outbound|signing/signing)[.]ts$`,
  '^packages/[^/]+/src/(index|cli)[.]ts$',
  '^packages/connectors/example/[^/]+/connector[.]ts$',
  '^(bench|e2e|prisma|scripts)/',
  '[.]config[.]ts$',
];

/** Every wall; the comment is the remedy that is shown with a breach. */
export const walls: (IForbiddenRuleType & { name: string; comment: string })[] = [
  {
    name: 'contracts-import-zod-only',
    comment: 'packages/contracts runs everywhere: it imports zod and itself.',
    from: { path: contracts, pathNot: tests },
    to: { pathNot: [contracts, zod] },
  },
  {
    name: 'schedules-stand-alone',
    comment: 'packages/schedules runs everywhere: it imports contracts, croner and itself.',
    from: { path: schedules, pathNot: tests },
    to: { pathNot: [contracts, schedules, croner] },
  },
  {
    name: 'cdm-imports-zod-only',
    comment: 'packages/cdm is useful to anyone: it imports zod and itself, and what it reads from is given to it.',
    from: { path: cdm, pathNot: tests },
    to: { pathNot: [cdm, zod] },
  },
  {
    name: 'engine-stands-alone',
    comment:
      'packages/engine knows files, rows and DuckDB: of Junction it has the types of contracts and nothing else.',
    from: { path: engine, pathNot: tests },
    to: { pathNot: [engine, contracts, 'node_modules/@duckdb/'], dependencyTypesNot: ['core'] },
  },
  {
    name: 'engine-has-only-types-of-contracts',
    comment: 'The engine takes shapes from contracts; what is checked with zod was checked before.',
    from: { path: engine, pathNot: tests },
    to: { path: contracts, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'profiles-stand-alone',
    comment:
      'packages/profiles makes reports of numbers: it imports contracts, names of countries, zod and Node.js, never what reads rows.',
    from: { path: profiles, pathNot: tests },
    to: { pathNot: [profiles, contracts, zod, 'node_modules/i18n-iso-countries/'], dependencyTypesNot: ['core'] },
  },
  {
    name: 'identity-providers-stand-alone',
    comment:
      'packages/identity-providers speaks OpenID Connect: it imports openid-client, jose and Node.js, and what it asks through is given to it.',
    from: { path: identityProviders, pathNot: tests },
    to: { pathNot: [identityProviders, 'node_modules/(openid-client|jose)/'], dependencyTypesNot: ['core'] },
  },
  {
    name: 'manifests-run-in-browsers',
    comment: 'A manifest, and whatever it pulls in, is zod, contracts and connector files that import nothing else.',
    from: { path: `${connectors}(manifests?|[^/]+/manifest)[.]ts$` },
    to: { reachable: true, pathNot: [contracts, connectors, zod, 'node_modules/zod/'] },
  },
  {
    name: 'manifests-import-no-connector',
    comment:
      'A manifest imports zod, the manifest shape, contracts, shared-* and its own folder; manifests.ts lists them all.',
    from: { path: `${connectors}([^/]+)/manifest[.]ts$` },
    to: { pathNot: [contracts, zod, `${connectors}manifest[.]ts$`, `${connectors}(shared-[^/]+|$1)/`] },
  },
  {
    name: 'connectors-stand-alone',
    comment: 'A connector never imports another one; what two share lies in shared-*.',
    from: { path: `${connectors}([^/]+)/`, pathNot: tests },
    to: { path: `${connectors}[^/]+/`, pathNot: [`${connectors}$1/`, `${connectors}(shared-[^/]+|outbound|signing)/`] },
  },
  {
    name: 'connectors-are-packages',
    comment: 'Connectors know the outside world, never Junction: no app, no emulator, no Prisma.',
    from: { path: connectors, pathNot: tests },
    to: { path: ['^apps/', '^packages/lake-emulator/', 'node_modules/(@prisma|prisma)/'] },
  },
  {
    name: 'connectors-leave-metadata-alone',
    comment: 'A connector knows files, not what is in them; only what is made for one writer of metadata checks it.',
    from: { path: `${connectors}(?!audience-insights/)`, pathNot: tests },
    to: { path: cdm },
  },
  {
    name: 'emulator-stands-alone',
    comment: 'The lake emulator is useful to anyone: nothing of Junction in it.',
    from: { path: '^packages/lake-emulator/', pathNot: tests },
    to: { path: ['^apps/', contracts, connectors] },
  },
  {
    name: 'rules-are-pure',
    comment:
      'A rules file decides; it imports contracts, schedules, manifests, types, other rules and the error vocabulary, never what does IO.',
    from: { path: `${api}features/[^/]+/[^/]*rules[.]ts$` },
    to: {
      pathNot: [
        contracts,
        zod,
        '/[^/]*rules[.]ts$',
        `${schedules}index[.]ts$`,
        `${connectors}manifests[.]ts$`,
        `${api}platform/(app-error|field-errors)[.]ts$`,
      ],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'stores-know-their-rows-only',
    comment:
      'A store writes its own slice: Prisma, the platform, rules and the shapes of cdm, no other slice, no connector.',
    from: { path: `${api}features/([^/]+)/[^/]*store[.]ts$` },
    to: {
      pathNot: [
        contracts,
        `${cdm}index[.]ts$`,
        `${api}features/$1/`,
        `${api}platform/`,
        '^node:',
        'node_modules/@prisma/',
      ],
    },
  },
  {
    name: 'use-cases-know-no-express',
    comment: 'Only http/ speaks Express; a use case never sees a request or a response.',
    from: { path: `${api}(features|worker|platform)/`, pathNot: tests },
    to: { path: 'node_modules/(@types/)?express' },
  },
  {
    name: 'use-cases-know-no-http',
    comment: 'A slice may name the types of http/asked.ts and nothing else of http/.',
    from: { path: `${api}features/`, pathNot: tests },
    to: { path: `${api}http/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-the-doors-build-the-house',
    comment: 'house.ts knows everything, so nobody below it may depend on more than its type.',
    from: { path: `${api}(features|http|worker|platform)/`, pathNot: tests },
    to: { path: `${api}(house|start|main-[^/]+|demo[^/]*)[.]ts$`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'platform-is-below',
    comment: 'platform/ is the outside world, one thin file each: it knows no slice and no door.',
    from: { path: `${api}platform/` },
    to: { path: `${api}(features|http|worker)/` },
  },
  {
    name: 'slices-through-their-index',
    comment: 'What another slice may use is in its index.ts.',
    from: { path: `${api}features/([^/]+)/` },
    to: { path: `${api}features/`, pathNot: [slice('$1'), `${api}features/[^/]+/index[.]ts$`] },
  },
  {
    name: 'house-through-the-index',
    comment: 'From outside the slices: index.ts, and routes.ts for http/app.ts.',
    from: { path: api, pathNot: [`${api}features/`, ...tests] },
    to: { path: `${api}features/`, pathNot: `${api}features/[^/]+/(index|routes)[.]ts$` },
  },
  {
    name: 'slices-have-a-step',
    comment: 'A new slice takes its place in the order of the slices (the list in scripts/import-walls/walls.ts).',
    from: { path: `${api}features/(?!(${slices.join('|')})/)`, pathNot: tests },
    to: {},
  },
  ...sliceOrder
    .filter(({ unseen }) => unseen.length > 0)
    .map(({ name, unseen }) => ({
      name: `slice-order-${name}`,
      comment: `Slices form a one-way line: ${steps.map((step) => step.join(', ')).join(' ← ')}.`,
      from: { path: slice(name) },
      to: { path: slice(`(${unseen.join('|')})`) },
    })),
  {
    name: 'web-features-stand-alone',
    comment: 'A feature of the web never imports another one.',
    from: { path: `${web}features/([^/]+)/` },
    to: { path: `${web}features/`, pathNot: `${web}features/$1/` },
  },
  {
    name: 'web-features-below-app',
    comment: 'app/ composes the features; they do not know it.',
    from: { path: `${web}(features|ui|lib)/`, pathNot: tests },
    to: { path: [`${web}app/`, `${web}main[.]tsx$`] },
  },
  {
    name: 'web-ui-is-only-looks',
    comment: 'ui/ is our dress over Fluent: no feature, no call to the server.',
    from: { path: `${web}ui/`, pathNot: tests },
    to: { path: [`${web}features/`, `${web}lib/call[.]ts$`] },
  },
  {
    name: 'web-lib-is-below',
    comment: 'lib/ knows neither features nor looks.',
    from: { path: `${web}lib/`, pathNot: tests },
    to: { path: `${web}(features|ui)/` },
  },
  {
    name: 'web-has-no-server-code',
    comment: 'Of the packages the browser gets contracts, schedules and the connectors’ manifests; nothing of the API.',
    from: { path: web },
    to: {
      path: ['^apps/api/', '^packages/'],
      pathNot: [contracts, `${schedules}index[.]ts$`, `${connectors}manifests[.]ts$`],
    },
  },
  {
    name: 'web-has-no-node',
    comment: 'A browser has no Node.js modules.',
    from: { path: web, pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'api-has-no-web',
    comment: 'The API serves the built web as files and imports nothing of it.',
    from: { path: ['^apps/api/', '^packages/'] },
    to: { path: '^apps/web/' },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'What runs in production imports neither tests nor what is made for them.',
    from: { path: '^(apps|packages)/', pathNot: tests },
    to: { path: tests },
  },
  {
    name: 'no-circle',
    comment: 'No circle of imports; a type-only import closes none, as it is gone when the code runs.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-unused-module',
    comment: 'A module that no door, package export or script leads to is dead: delete it.',
    from: { path: entries },
    to: {
      path: '^(apps|packages)/',
      pathNot: [...tests, ...entries, `${api}platform/prisma/`],
      reachable: false,
    },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere. (Vite makes the modules of ~icons while it builds.)',
    from: {},
    to: { couldNotResolve: true, pathNot: '^~icons/' },
  },
  {
    name: 'imports-are-declared',
    comment: 'A package is imported only where the nearest package.json or the root names it.',
    from: { path: '^(apps|packages)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'production-needs-no-dev-package',
    comment: 'What runs in production must be among the dependencies.',
    from: { path: '^(apps|packages)/[^/]+/src/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
  },
];
