import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, connectors, createOutbound, type Outbound } from '@junction/connectors/runtime';
import type { SampleLake } from '@junction/contracts';
import type { IdentityProvider } from '@junction/identity-providers';
import {
  type CheckLimits,
  createCheckLimits,
  type Dependents,
  type ProfileData,
} from './features/connections/index.ts';
import { createRunSteps, exportDependents, followRuns } from './features/exports/index.ts';
import {
  createSignInAttemptLimits,
  openIdentityProviders,
  type SignInAttemptLimits,
} from './features/identities/index.ts';
import { createLinkLimits, createSignInLimits, type LinkLimits, type SignInLimits } from './features/people/index.ts';
import { createImportSteps, followImports, profileDataOf } from './features/profiles/index.ts';
import {
  createRunWatch,
  type RunFollower,
  type RunSteps,
  type RunWatch,
  runFollowerByKind,
  runStepsByKind,
} from './features/runs/index.ts';
import { createTokenLimits, type TokenLimits } from './features/tokens/index.ts';
import { type Bell, createBell } from './platform/bell.ts';
import type { Clock } from './platform/clock.ts';
import type { Db } from './platform/db.ts';
import { createEngineDoor, type EngineDoor } from './platform/engine.ts';
import type { Env } from './platform/env.ts';
import type { Log } from './platform/log.ts';
import { createSpool, type Spool } from './platform/spool.ts';
import type { Vault } from './platform/vault.ts';

/** Everything a use case may need, as one plain object. A use case names the parts it takes with `Pick<House, …>`. */
export type House = {
  env: Env;
  db: Db;
  vault: Vault;
  clock: Clock;
  log: Log;
  connectors: readonly Connector[];
  outbound: Outbound;
  /** What people can sign in with besides passwords. */
  identityProviders: readonly IdentityProvider[];
  /** What depends on connections. */
  dependents: Dependents;
  /** The profile data of connections. */
  profileData: ProfileData;
  /** Where files lie on their way. */
  spool: Spool;
  /** What reads and writes rows. */
  engine: EngineDoor;
  /** What is done in the steps of a run. */
  runSteps: RunSteps;
  /** Who is told of every change of a run's state. */
  runFollower: RunFollower;
  /** Follows runs for whoever watches them. */
  runWatch: RunWatch;
  /** Rung when there may be work for whoever takes steps of runs in this process. */
  runBell: Bell;
  /** Lets the worker of this process look for runs now, and not only within a second; called after a transaction that asked for some. */
  wakeRuns(): void;
  signInLimits: SignInLimits;
  checkLimits: CheckLimits;
  previewLimits: CheckLimits;
  linkLimits: LinkLimits;
  signInAttemptLimits: SignInAttemptLimits;
  tokenLimits: TokenLimits;
  /** Where people reach this Junction; links are made with it. */
  publicUrl: URL;
  /** True when only this machine can reach it. */
  isLoopback: boolean;
  /** The sample lake of demo mode, while it runs. */
  sampleLake: SampleLake['sample'];
  isStopping(): boolean;
};

const megabyte = 1024 * 1024;

/** Previews that one person may ask for, and that are made at the same time: the engine has runs to do besides. */
const previews = { what: 'previews', perMinute: 30, atOnce: 2 };

const isLoopbackHost = (host: string) =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host);

/** Where people reach a Junction with this configuration. */
export const publicUrlOf = (env: Env): URL =>
  new URL(env.JUNCTION_PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`);

/** What differs between the doors, and between a real house and a test's. */
type Ground = Pick<House, 'env' | 'db' | 'vault' | 'clock' | 'log'> &
  Partial<
    Pick<
      House,
      | 'connectors'
      | 'outbound'
      | 'identityProviders'
      | 'engine'
      | 'sampleLake'
      | 'isStopping'
      | 'publicUrl'
      | 'runSteps'
      | 'runFollower'
    >
  >;

/** The composition root: the only place that knows everything. */
export const buildHouse = (ground: Ground): House => {
  const { env } = ground;
  const publicUrl = ground.publicUrl ?? publicUrlOf(env);
  const runBell = createBell();
  const runFollower = ground.runFollower ?? runFollowerByKind({ export: followRuns, import: followImports });
  const spool = createSpool({
    parent: env.JUNCTION_SPOOL_DIR ?? join(tmpdir(), 'junction-spool'),
    maxBytes: env.JUNCTION_SPOOL_MB * megabyte,
  });
  const engine = createEngineDoor({
    folder: spool.folder,
    readable: env.JUNCTION_LOCAL_ROOT === undefined ? [] : [env.JUNCTION_LOCAL_ROOT],
    memoryMb: env.JUNCTION_ENGINE_MEMORY_MB,
  });
  const profileData = profileDataOf({ connectors: ground.connectors ?? connectors, runFollower });
  const parts = {
    connectors,
    outbound: createOutbound({
      allowedHosts: env.JUNCTION_ALLOWED_HOSTS,
      localRoot: env.JUNCTION_LOCAL_ROOT,
      serverIdentityAccounts: env.JUNCTION_SERVER_IDENTITY_ACCOUNTS,
    }),
    identityProviders: ground.identityProviders ?? openIdentityProviders(ground),
    dependents: exportDependents({ runFollower }),
    profileData,
    spool,
    engine,
    runWatch: createRunWatch({ db: ground.db, log: ground.log, isStopping: ground.isStopping ?? (() => false) }),
    runBell,
    wakeRuns: runBell.ring,
    signInLimits: createSignInLimits(),
    checkLimits: createCheckLimits(),
    previewLimits: createCheckLimits(previews),
    linkLimits: createLinkLimits(),
    signInAttemptLimits: createSignInAttemptLimits(),
    tokenLimits: createTokenLimits(),
    sampleLake: null,
    isStopping: () => false,
    ...ground,
    runFollower,
    publicUrl,
    isLoopback: isLoopbackHost(env.HOST) && isLoopbackHost(publicUrl.hostname),
  };
  const stepsOf = { export: createRunSteps(parts), import: createImportSteps(parts) };
  return { ...parts, runSteps: ground.runSteps ?? runStepsByKind(stepsOf) };
};
