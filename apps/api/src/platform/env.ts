import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { parseAllowedHosts, parseServerIdentityAccounts } from '@junction/connectors/outbound';
import { clouds } from '@junction/identity-providers';
import * as z from 'zod';
import { StartError } from './start-error.ts';
import { keyBytes } from './vault.ts';

const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.number().min(least, error).max(most, error));
};
const port = wholeNumber(0, 65_535);

const masterKey = z.base64('must be base64').refine((text) => Buffer.from(text, 'base64').length === keyBytes, {
  error: `must be ${keyBytes} random bytes in base64 (make one with: openssl rand -base64 ${keyBytes})`,
});

const publicUrl = z.string().refine((text) => /^https?:\/\/[^/@?#\s]+\/?$/.test(text) && URL.canParse(text), {
  error: 'must be http or https and a host, such as https://junction.contoso.com, without a path',
});

/** Names that Express knows for ranges of addresses. */
const proxyRanges = ['loopback', 'linklocal', 'uniquelocal'];

const isProxy = (entry: string) => {
  if (proxyRanges.includes(entry)) return true;
  const [address = '', prefix, ...more] = entry.split('/');
  const bits = { 0: undefined, 4: 32, 6: 128 }[isIP(address)];
  return (
    bits !== undefined &&
    more.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
};

const trustedProxies = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .refine((entries) => entries.every(isProxy), {
    error: `must be IP addresses, ranges such as 10.0.0.0/8, or ${proxyRanges.join(', ')}, separated by commas`,
  });

const isLoopbackHost = (host: string) => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Compared character by character with what the provider calls itself, so it is kept as it was written. */
const issuer = z.string().refine(
  (text) => {
    if (!URL.canParse(text) || /[?#\s]/.test(text)) return false;
    const { protocol, hostname, username } = new URL(text);
    return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)));
  },
  { error: 'must be an https URL without a query, as the provider calls itself (http only on this very machine)' },
);

/** A scope of OAuth is one word, RFC 6749 §3.3. */
const scopes = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((scope) => scope !== ''))
  .refine((list) => list.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)), {
    error: 'must be names of scopes, separated by spaces or commas',
  });

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const absolutePath = z.string().refine((path) => isAbsolute(path), { error: 'must be an absolute path' });

const allowedHosts = z.string().transform((text, context) => {
  const { entries, errors } = parseAllowedHosts(text);
  for (const message of errors) context.addIssue({ code: 'custom', message });
  return entries.map(({ entry }) => entry);
});

const serverIdentityAccounts = z.string().transform((text, context) => {
  const { accounts, errors } = parseServerIdentityAccounts(text);
  for (const message of errors) context.addIssue({ code: 'custom', message });
  return accounts;
});

/** Every variable Junction reads, in one place; docs/configuration.md documents each, and a test holds the two together. */
export const Env = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  JUNCTION_MODE: z.enum(['demo', 'production'], 'must be demo or production').default('production'),
  JUNCTION_DATA_DIR: z.string().min(1).default('./data'),
  JUNCTION_PUBLIC_URL: publicUrl.optional(),
  JUNCTION_TRUSTED_PROXIES: trustedProxies.default([]),
  JUNCTION_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }).optional(),
  JUNCTION_MASTER_KEY: masterKey.optional(),
  JUNCTION_DEMO_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters')
    .max(256, 'must have at most 256 characters')
    .optional(),
  JUNCTION_LOCAL_ACCOUNTS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  JUNCTION_SIGN_IN_RECHECK_SECONDS: wholeNumber(1, 3600).default(300),
  JUNCTION_ENTRA_TENANT_ID: z
    .guid({ error: 'must be the GUID of a tenant, such as 72f988bf-86f1-41af-91ab-2d7cd011db47' })
    .optional(),
  JUNCTION_ENTRA_CLIENT_ID: z.string().optional(),
  JUNCTION_ENTRA_CLIENT_SECRET: z.string().optional(),
  JUNCTION_ENTRA_CLOUD: z.enum(clouds, `must be one of ${clouds.join(', ')}`).default('public'),
  JUNCTION_OIDC_ISSUER: issuer.optional(),
  JUNCTION_OIDC_CLIENT_ID: z.string().optional(),
  JUNCTION_OIDC_CLIENT_SECRET: z.string().optional(),
  JUNCTION_OIDC_NAME: z.string().trim().max(100, 'must have at most 100 characters').optional(),
  JUNCTION_OIDC_GROUPS_CLAIM: z.string().default('groups'),
  JUNCTION_OIDC_SCOPES: scopes.default([]),
  JUNCTION_LAKE_PORT: port.default(10_004),
  JUNCTION_ALLOWED_HOSTS: allowedHosts.default([]),
  JUNCTION_PROBE_MINUTES: wholeNumber(1, 1440).default(15),
  JUNCTION_UNDO_DAYS: wholeNumber(0, 365).default(30),
  JUNCTION_LOCAL_ROOT: absolutePath.optional(),
  JUNCTION_SERVER_IDENTITY_ACCOUNTS: serverIdentityAccounts.default([]),
  JUNCTION_PROFILE_THRESHOLD: wholeNumber(2, 1000).default(5),
  JUNCTION_WORKER_PARTS: wholeNumber(1, 32).default(2),
  JUNCTION_ENGINE_MEMORY_MB: wholeNumber(64, 65_536).default(256),
  JUNCTION_SPOOL_DIR: absolutePath.optional(),
  JUNCTION_SPOOL_MB: wholeNumber(64, 10_000_000).default(10_240),
});
export type Env = z.infer<typeof Env>;

/** The variables that may also be given as a file, named by the same variable with `_FILE` at its end. */
export const secretVariables = [
  'DATABASE_URL',
  'JUNCTION_MASTER_KEY',
  'JUNCTION_DEMO_PASSWORD',
  'JUNCTION_ENTRA_CLIENT_SECRET',
  'JUNCTION_OIDC_CLIENT_SECRET',
] as const;

/** What each identity provider cannot do without. */
const neededBy = {
  JUNCTION_ENTRA_: ['JUNCTION_ENTRA_TENANT_ID', 'JUNCTION_ENTRA_CLIENT_ID', 'JUNCTION_ENTRA_CLIENT_SECRET'],
  JUNCTION_OIDC_: ['JUNCTION_OIDC_ISSUER', 'JUNCTION_OIDC_CLIENT_ID'],
} as const;

type Variables = Readonly<Record<string, string | undefined>>;

/** Puts the content of `X_FILE` in the place of X, for the variables that have one. */
const readFiles = (given: Record<string, string | undefined>): string[] =>
  secretVariables.flatMap((name) => {
    const path = given[`${name}_FILE`];
    if (path === undefined) return [];
    if (given[name] !== undefined) return [`${name} and ${name}_FILE are both set. Keep one.`];
    try {
      given[name] = readFileSync(path, 'utf8').trim();
      return given[name] === '' ? [`${name}_FILE names a file that is empty.`] : [];
    } catch (error) {
      return [`${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`];
    }
  });

/** A provider of which something is set needs all that it cannot do without; without any provider people need passwords. */
const missingForProviders = (given: Variables): string[] => {
  const isGiven = (name: string) => given[name] !== undefined || given[`${name}_FILE`] !== undefined;
  const providers = Object.entries(neededBy).map(([prefix, needed]) => ({
    something: Object.keys(given).find((name) => name.startsWith(prefix)),
    missing: needed.filter((name) => !isGiven(name)),
  }));
  const problems = providers.flatMap(({ something, missing }) =>
    something === undefined ? [] : missing.map((name) => `${name} is required, since ${something} is set.`),
  );
  if (given.JUNCTION_LOCAL_ACCOUNTS === 'off' && providers.every(({ missing }) => missing.length > 0))
    problems.push(
      'JUNCTION_LOCAL_ACCOUNTS is off, but there is no identity provider: nobody could sign in. Set JUNCTION_ENTRA_TENANT_ID or JUNCTION_OIDC_ISSUER and what belongs to it.',
    );
  return problems;
};

/**
 * Reads and validates the configuration. An empty variable counts as absent. Throws StartError with a line for each problem,
 * all at once, which names the variable and what it must be, and never repeats a secret.
 */
export const readEnv = (variables: Variables): Env => {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const problems = readFiles(given);
  const parsed = Env.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? [])
    problems.push(`${path.join('.')} ${message.replace(/\.$/, '')}.`);
  problems.push(...missingForProviders(given));
  const isKeyMissing = given.JUNCTION_MASTER_KEY === undefined && given.JUNCTION_MASTER_KEY_FILE === undefined;
  if (isKeyMissing && (given.JUNCTION_MODE ?? 'production') === 'production')
    problems.push(`JUNCTION_MASTER_KEY is required in production (make one with: openssl rand -base64 ${keyBytes}).`);
  if (!parsed.success || problems.length > 0) throw new StartError(...new Set(problems));
  return parsed.data;
};
