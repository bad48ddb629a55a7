import type { CheckResult } from '@junction/contracts';
import { cleanUpMs, startCheckRun } from '../check-run.ts';
import type { CheckContext } from '../connector.ts';
import type { SftpSession } from './files/session.ts';
import type { Facts } from './findings/finding.ts';
import { type SftpTarget, steps } from './manifest.ts';
import { placeOf, type SftpPlace } from './place.ts';
import type { HostKey } from './ssh/host-key.ts';
import type { SshConnection } from './ssh/ssh-connection.ts';
import { signIn } from './steps/authenticate.ts';
import { connect } from './steps/connect.ts';
import { openFolder } from './steps/folder.ts';
import { judgeHostKey } from './steps/host-key.ts';
import { resolveHost } from './steps/resolve.ts';
import { createProbe } from './steps/write.ts';
import { unlessAborted } from './unless-aborted.ts';

/** What the steps of one check share: each finds what the ones before it have put here. */
export type SftpCheck = {
  place: SftpPlace;
  facts: Facts;
  context: CheckContext;
  connection?: SshConnection;
  hostKey?: HostKey;
  /** What is found out about a host that was not known before. */
  learned?: { hostKeyFingerprint: string };
  session?: SftpSession;
  /** Folders that were missing before this check, topmost first. */
  madeFolders: string[];
};

/** Checks an SFTP server: six steps over one connection. */
export const checkSftp = async (target: SftpTarget, context: CheckContext): Promise<CheckResult> => {
  const run = startCheckRun(steps, context);
  const place = placeOf(target);
  const probe = createProbe(place);
  const check: SftpCheck = { place, facts: place.facts, context, madeFolders: [] };

  run.step('resolve', [], (signal) => resolveHost(check, signal));
  run.step('connect', ['resolve'], (signal) => connect(check, signal));
  run.step('hostKey', ['connect'], () => judgeHostKey(check));
  run.step('authenticate', ['hostKey'], () => signIn(check));
  run.step('folder', ['authenticate'], () => openFolder(check));
  run.step('write', ['folder'], (signal) => probe.write(check, signal));

  const result = await run.finish();
  const cleanedUp = probe.cleanUp(check);
  await unlessAborted(AbortSignal.timeout(cleanUpMs), cleanedUp).catch(() => undefined);
  check.connection?.close();
  return check.learned === undefined ? result : { ...result, learned: check.learned };
};
