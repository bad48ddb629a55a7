import type { ContractSubject } from '../../connector-contract.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { serveBreaking } from '../../testing/breaking-proxy.ts';
import type { RawTarget } from '../../testing/run-check.ts';
import { freePort, serveTcp } from '../../testing/servers.ts';
import { openSftpDestination } from '../destination/open-destination.ts';
import { newDisk } from './disk.ts';
import { newKeyPair } from './keys.ts';
import { type Installed, startOpenSsh } from './openssh.ts';
import { type ServerBehaviour, startSshServer, usualFingerprint, usualPassword } from './ssh-server.ts';

/** The places that every subject needs beside its server. */
const placesBeside = async (port: number) => {
  const silent = await serveTcp(() => undefined);
  const breaking = await serveBreaking(port);
  const nowhere = await freePort();
  const ports = { healthy: port, silent: silent.port, breaking: breaking.port, nowhere };
  return {
    ports,
    outbound: createOutbound({ allowedHosts: Object.values(ports).map((one) => `sftp://127.0.0.1:${one}`) }),
    async close() {
      await silent.close();
      await breaking.close();
    },
  };
};

type TargetAt = (port: number, secrets?: Record<string, string>) => RawTarget;

const targetsOf = ({ healthy, silent, breaking, nowhere }: Record<string, number>, targetAt: TargetAt) => ({
  healthy: targetAt(healthy as number),
  hanging: targetAt(silent as number),
  unreachable: targetAt(nowhere as number),
  breaking: targetAt(breaking as number),
});

/** A server without extensions of SFTP, with a password. */
export const openPlainSubject = async (behaviour: ServerBehaviour = {}): Promise<ContractSubject> => {
  const disk = await newDisk();
  const server = await startSshServer(disk.root, behaviour);
  const beside = await placesBeside(server.port);
  const targetAt: TargetAt = (port, secrets = { password: usualPassword }) => ({
    settings: {
      host: '127.0.0.1',
      port,
      userName: 'ada',
      folder: 'a/b',
      authentication: 'password',
      hostKeyFingerprint: usualFingerprint,
    },
    secrets,
  });
  const { breaking, ...targets } = targetsOf(beside.ports, targetAt);
  return {
    ...targets,
    outbound: beside.outbound,
    wrongSecret: { ...targetAt(server.port, { password: 'wrong horse battery staple' }), failsAt: 'authenticate' },
    contents: disk.contents,
    destination: { openInSmallPages: openSftpDestination, baseFolder: 'a/b', put: disk.put, breaking },
    async close() {
      await beside.close();
      await server.close();
      await disk.remove();
    },
  };
};

/** OpenSSH, with a key. */
export const openOpenSshSubject = async (installed: Installed): Promise<ContractSubject> => {
  const disk = await newDisk();
  const server = await startOpenSsh(installed);
  const beside = await placesBeside(server.port);
  const targetAt: TargetAt = (port, secrets = { privateKey: server.privateKey }) => ({
    settings: {
      host: '127.0.0.1',
      port,
      userName: server.userName,
      folder: `${disk.root}/a/b`,
      authentication: 'privateKey',
      hostKeyFingerprint: server.fingerprint,
    },
    secrets,
  });
  const { breaking, ...targets } = targetsOf(beside.ports, targetAt);
  return {
    ...targets,
    outbound: beside.outbound,
    wrongSecret: { ...targetAt(server.port, { privateKey: newKeyPair().privateKey }), failsAt: 'authenticate' },
    contents: disk.contents,
    destination: { openInSmallPages: openSftpDestination, baseFolder: 'a/b', put: disk.put, breaking },
    async close() {
      await beside.close();
      await server.close();
      await disk.remove();
    },
  };
};
