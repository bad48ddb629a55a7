import { AnonymousCredential } from '@azure/storage-blob';
import type { CheckResult } from '@junction/contracts';
import { cleanUpMs, startCheckRun } from '../check-run.ts';
import type { CheckContext } from '../connector.ts';
import { type Answer, ask } from './asking.ts';
import { type Findable, factsOf } from './facts.ts';
import { type GuardedHttpClient, guardedHttpClient } from './guarded-http-client.ts';
import { steps } from './manifest-parts.ts';
import { judgeAccount } from './steps/account.ts';
import { judgeSignIn } from './steps/authenticate.ts';
import { judgeConnection } from './steps/connect.ts';
import { judgeContainer } from './steps/container.ts';
import { judgeEndpoint } from './steps/endpoint.ts';
import { openFolder } from './steps/folder.ts';
import { createProbe } from './steps/write.ts';
import { type AccountFacts, mayAskContainer, openAccount, type StorageAccount } from './storage-account.ts';
import type { OpenFiles, PathKind, StorageFiles } from './storage-files.ts';
import { placeOf, type StoragePlace, type StorageTarget } from './storage-place.ts';

/** The first requests of a check. None needs another's answer, so they are under way side by side; the steps read what came of them. */
export type Questions = {
  account: Promise<Answer<AccountFacts>>;
  /** Absent where a service SAS may not ask. */
  container?: Promise<Answer<{ isImmutable: boolean }>>;
  /** Where an identity asks: whether the hosts answer at all, asked without its token, so that one that is not given does not keep that from being told. */
  bare?: { files: Promise<Answer<unknown>>; account: Promise<Answer<unknown>> };
  /** What is at the base folder, or at the probe's path when there is none. */
  path: Promise<Answer<PathKind>>;
};

/** What the steps of one check share. */
export type StorageCheck = Findable & {
  account: StorageAccount;
  files: StorageFiles;
  http: GuardedHttpClient;
  context: CheckContext;
  /** Asks on the first call; the same answers from then on. */
  questions(): Questions;
  /** Folders above the probe that were missing before this check, topmost first. */
  missingFolders: string[];
};

const askBare = (
  place: StoragePlace,
  openFiles: OpenFiles,
  http: GuardedHttpClient,
  path: string,
  signal: AbortSignal,
): Questions['bare'] => {
  const bare = { ...place, credential: new AnonymousCredential() };
  return {
    files: ask((ending) => openFiles(bare, http.options).look(path, ending), signal),
    account: ask(openAccount(bare, http.options).aboutContainer, signal),
  };
};

/** Gets a check ready; asks nothing yet. `lookedAt` is the path that the first request is about where the place has no folder. */
export const prepareCheck = (
  place: StoragePlace,
  openFiles: OpenFiles,
  lookedAt: string,
  signal: AbortSignal,
  context: CheckContext,
): StorageCheck => {
  const http = guardedHttpClient(context.outbound, context.now);
  const account = openAccount(place, http.options);
  const files = openFiles(place, http.options);
  let asked: Questions | undefined;
  const put = (): Questions => ({
    account: ask(account.about, signal),
    container: mayAskContainer(place.sas) ? ask(account.aboutContainer, signal) : undefined,
    path: ask((ending) => files.look(place.folder === '' ? lookedAt : place.folder, ending), signal),
    bare: place.identity && askBare(place, openFiles, http, lookedAt, signal),
  });
  return {
    place,
    // An identity is known better once it has a token.
    get facts() {
      return factsOf(place, files.endpoint);
    },
    account,
    files,
    http,
    context,
    missingFolders: [],
    questions: () => {
      asked ??= put();
      return asked;
    },
  };
};

/** Checks a place of Azure Storage over one of its services: seven steps, of which those that do not need each other run side by side. */
export const checkStorage =
  (openFiles: OpenFiles) =>
  async (target: StorageTarget, context: CheckContext): Promise<CheckResult> => {
    const run = startCheckRun(steps, context);
    const place = placeOf(target, { ...context, isFresh: true });
    const probe = createProbe(place);
    const check = prepareCheck(place, openFiles, probe.path, run.signal, context);

    run.step('endpoint', [], (signal) => judgeEndpoint(check, signal));
    run.step('connect', ['endpoint'], () => judgeConnection(check));
    run.step('authenticate', ['connect'], (signal) => judgeSignIn(check, signal));
    run.step('account', ['authenticate'], () => judgeAccount(check));
    run.step('container', ['authenticate'], (signal) => judgeContainer(check, signal));
    run.step('folder', ['container'], (signal) => openFolder(check, signal));
    run.step('write', ['account', 'folder'], (signal) => probe.write(check, signal));

    const result = await run.finish();
    await probe.cleanUp(check, AbortSignal.timeout(cleanUpMs));
    check.http.close();
    place.identity?.close();
    return { ...result, credentialExpiresAt: place.credentialExpiresAt?.toISOString() };
  };
