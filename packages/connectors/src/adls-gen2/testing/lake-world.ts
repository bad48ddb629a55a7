import { setDefaultCACertificates } from 'node:tls';
import type { CheckOutcome } from '@junction/contracts';
import type { FaultRule, LakeEmulator } from '@junction/lake-emulator';
import type { OutboundOptions } from '../../outbound/outbound.ts';
import { testAuthority } from '../../testing/certificates.ts';
import { container, containerOf, lakeAccount, lakeKey, startLake } from '../../testing/lake-subject.ts';
import type { CheckOptions, RawTarget } from '../../testing/run-check.ts';
import { serveTls, type TestServer } from '../../testing/servers.ts';

type Settings = Record<string, unknown>;

/** What to check, and through which guard. */
export type Arranged = {
  target: RawTarget;
  guard?: OutboundOptions;
  options?: CheckOptions;
  /** Undoes what only this case has arranged. */
  end?: () => Promise<void>;
};

/** One way in which a check fails. */
export type CheckCase = {
  name: string;
  step: string;
  code: string;
  outcome: Exclude<CheckOutcome, 'passed'>;
  /** Arranges the world for it. */
  given: () => Promise<Arranged>;
  field?: string;
  /** A part of the remedy or of its command that names the exact thing. */
  remedy: string | RegExp;
};

/** The request with which the probe makes its file. */
export const newFile = { method: 'PUT', path: /resource=file/ };

/** A name server that answers with an error. */
export const failingResolver = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};

/** An emulator with a file in it, and what cases need to arrange things around it. */
export type LakeWorld = {
  lake: LakeEmulator;
  withKey(settings?: Settings, accountKey?: string): RawTarget;
  withSas(sasToken: string, settings?: Settings): RawTarget;
  fault(rule: FaultRule): void;
  /** Every request, or those that match, fails with this error of storage. */
  refusing(status: number, code: string, match?: FaultRule['match']): void;
  /** Keeps a server until the end of the case. */
  started(server: Promise<TestServer>): Promise<TestServer>;
  /** A target at another URL that the guard allows. */
  on(url: string): Arranged & { guard: OutboundOptions };
  /** The lake behind TLS, with a host for each service. */
  tlsHost(certificate: Parameters<typeof serveTls>[0], domain: string): Promise<Arranged & { guard: OutboundOptions }>;
  /** Undoes what a case has arranged. */
  tidy(): Promise<void>;
};

export const openLakeWorld = async (): Promise<LakeWorld> => {
  setDefaultCACertificates([testAuthority]);
  const lake = await startLake();
  await containerOf(lake, lakeAccount).getBlockBlobClient('a-file').upload('x', 1);
  const servers: TestServer[] = [];

  const withKey: LakeWorld['withKey'] = (settings = {}, accountKey = lakeKey) => ({
    settings: { accountName: lakeAccount, container, authentication: 'sharedKey', endpoint: lake.url, ...settings },
    secrets: { accountKey },
  });
  const started: LakeWorld['started'] = async (server) => {
    servers.push(await server);
    return server;
  };
  return {
    lake,
    withKey,
    started,
    withSas: (sasToken, settings = {}) => ({
      settings: { accountName: lakeAccount, container, authentication: 'sas', endpoint: lake.url, ...settings },
      secrets: { sasToken },
    }),
    fault: (rule) => {
      lake.addFault(rule);
    },
    refusing: (status, code, match = {}) => {
      lake.addFault({ match, fault: { status, code } });
    },
    on: (url) => ({ target: withKey({ endpoint: url }), guard: { allowedHosts: [url] } }),
    tlsHost: async (certificate, domain) => {
      // The emulator knows host-style names under localhost only.
      const toEmulator = (host: string) => host.replace('.lake.test', '.localhost');
      const { port } = await started(serveTls(certificate, lake.url, toEmulator));
      const hosts = ['dfs', 'blob'].map((service) => `${lakeAccount}.${service}.${domain}:${port}`);
      return {
        target: withKey({ endpoint: `https://${hosts[0]}` }),
        guard: { allowedHosts: hosts, resolve: async () => ['127.0.0.1'] },
      };
    },
    tidy: async () => {
      setDefaultCACertificates([testAuthority]);
      lake.clearFaults();
      await Promise.all(servers.splice(0).map((server) => server.close()));
    },
  };
};
