import type { IncomingHttpHeaders } from 'node:http';
import type { RowDestination } from '../../connector.ts';
import { createOutbound, type Outbound } from '../../outbound/outbound.ts';
import type { RawTarget } from '../../testing/run-check.ts';
import type { TestServer } from '../../testing/servers.ts';
import { httpWebhookManifest } from '../manifest.ts';
import { openWebhook } from '../open-webhook.ts';
import { startReceiver, startTokenService, type TestReceiver } from './receiver.ts';

/** Canaries: nothing that comes out may contain them. */
export const canaries = {
  password: 'canary-password-ä',
  token: 'canary-token',
  apiKey: 'canary-api-key',
  query: 'sp=run&sig=canary-signature%2B',
  clientSecret: 'canary-client-secret+/',
  signingSecret: `whsec_${Buffer.from('canary-signing-secret-of-32-byte').toString('base64')}`,
};

type Settings = Readonly<Record<string, unknown>>;

/** What a test needs for one run of cases: servers that it starts are stopped by `tidy`. */
export const openWebhookWorld = () => {
  const servers: { close(): Promise<void> }[] = [];
  const opened: RowDestination[] = [];

  const started = async <Server extends { close(): Promise<void> }>(server: Promise<Server>): Promise<Server> => {
    servers.push(await server);
    return server;
  };
  const allowing = (...urls: string[]): Outbound =>
    createOutbound({ allowedHosts: urls, resolve: async () => ['127.0.0.1'] });

  return {
    started,
    allowing,
    receiver: (lets: (headers: IncomingHttpHeaders) => boolean = () => true): Promise<TestReceiver> =>
      started(startReceiver(lets)),
    tokenService: () => started(startTokenService('junction', canaries.clientSecret)),
    target: (url: string, settings: Settings = {}, secrets: Partial<typeof canaries> = {}): RawTarget => ({
      settings: { url, authentication: 'none', ...settings },
      secrets,
    }),
    /** Opens a target as the API does. */
    open: (
      { settings, secrets }: RawTarget,
      outbound: Outbound,
      { now = () => new Date(), deadlineMs }: { now?: () => Date; deadlineMs?: number } = {},
    ): RowDestination => {
      const target = {
        settings: httpWebhookManifest.settings.parse(settings),
        secrets: httpWebhookManifest.secrets.parse(secrets),
      };
      const destination = openWebhook({ deadlineMs })(target, { outbound, now });
      opened.push(destination);
      return destination;
    },
    tidy: async () => {
      for (const destination of opened.splice(0)) destination.close();
      await Promise.all(servers.splice(0).map((server) => server.close()));
    },
  };
};

/** Where a server of loopback is, by a name that the test certificates are for. */
export const namedUrl = ({ port }: TestServer, domain = 'lake.test'): string => `https://hooks.dfs.${domain}:${port}`;
