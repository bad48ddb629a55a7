import { afterAll } from 'vitest';
import { createOutbound } from '../../outbound/outbound.ts';
import { failedStep, runCheck } from '../../testing/run-check.ts';
import { sftpConnector } from '../connector.ts';
import { openSftpDestination } from '../destination/open-destination.ts';
import { sftpManifest } from '../manifest.ts';
import { type Disk, newDisk } from './disk.ts';
import { type ServerBehaviour, type SshServer, startSshServer, usualPassword } from './ssh-server.ts';

type Settings = Record<string, unknown>;
type Secrets = Record<string, string>;

/** A server that behaves in some way over a folder of its own, with what is needed to check and open it. */
export type World = {
  server: SshServer;
  disk: Disk;
  check(settings?: Settings, secrets?: Secrets): ReturnType<typeof runCheck>;
  /** Code and field of the first failed step, and how the check ended. */
  finding(settings?: Settings, secrets?: Secrets): Promise<Record<string, unknown>>;
  open(settings?: Settings): ReturnType<typeof openSftpDestination>;
};

/** Makes worlds, and ends them after the tests of the file. */
export const worlds = () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(ends.map((end) => end())));

  return async (behaviour: ServerBehaviour = {}): Promise<World> => {
    const disk = await newDisk();
    const server = await startSshServer(disk.root, behaviour);
    const outbound = createOutbound({ allowedHosts: [`sftp://127.0.0.1:${server.port}`] });
    const targetOf = (settings: Settings = {}, secrets: Secrets = { password: usualPassword }) => ({
      settings: { host: '127.0.0.1', port: server.port, userName: 'ada', authentication: 'password', ...settings },
      secrets,
    });
    const check: World['check'] = (settings, secrets) =>
      runCheck(sftpConnector, targetOf(settings, secrets), { outbound });
    ends.push(async () => {
      await server.close();
      await disk.remove();
    });
    return {
      server,
      disk,
      check,
      async finding(settings, secrets) {
        const { result } = await check(settings, secrets);
        const { step, code, field, message, remedy } = failedStep(result) ?? {};
        return { step, code, field, outcome: result.outcome, message, remedy: remedy?.text, command: remedy?.command };
      },
      open(settings) {
        const target = targetOf(settings);
        const destination = openSftpDestination(
          {
            settings: sftpManifest.settings.parse(target.settings),
            secrets: sftpManifest.secrets.parse(target.secrets),
          },
          { outbound, now: () => new Date() },
        );
        ends.unshift(async () => destination.close());
        return destination;
      },
    };
  };
};
