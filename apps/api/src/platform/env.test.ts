import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { StartError } from './start-error.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const problemsOf = (variables: Record<string, string | undefined>): readonly string[] => {
  try {
    readEnv(variables);
    return [];
  } catch (error) {
    if (error instanceof StartError) return error.lines;
    throw error;
  }
};
const fileWith = (text: string) => {
  const file = join(mkdtempSync(join(tmpdir(), 'junction-env-')), 'secret');
  writeFileSync(file, text);
  return file;
};

describe('the configuration', () => {
  it('has a default for everything but the master key of production', () => {
    expect(readEnv({ JUNCTION_MODE: 'demo' })).toEqual({
      PORT: 3000,
      HOST: '127.0.0.1',
      JUNCTION_MODE: 'demo',
      JUNCTION_DATA_DIR: './data',
      JUNCTION_TRUSTED_PROXIES: [],
      JUNCTION_LOCAL_ACCOUNTS: 'on',
      JUNCTION_SIGN_IN_RECHECK_SECONDS: 300,
      JUNCTION_ENTRA_CLOUD: 'public',
      JUNCTION_OIDC_GROUPS_CLAIM: 'groups',
      JUNCTION_OIDC_SCOPES: [],
      JUNCTION_LAKE_PORT: 10_004,
      JUNCTION_ALLOWED_HOSTS: [],
      JUNCTION_PROBE_MINUTES: 15,
      JUNCTION_SERVER_IDENTITY_ACCOUNTS: [],
      JUNCTION_UNDO_DAYS: 30,
      JUNCTION_PROFILE_THRESHOLD: 5,
      JUNCTION_WORKER_PARTS: 2,
      JUNCTION_ENGINE_MEMORY_MB: 256,
      JUNCTION_SPOOL_MB: 10_240,
    });
    expect(problemsOf({})).toEqual([
      'JUNCTION_MASTER_KEY is required in production (make one with: openssl rand -base64 32).',
    ]);
  });

  it('names every problem at once, and no secret', () => {
    const problems = problemsOf({
      PORT: '70000',
      HOST: '',
      JUNCTION_MODE: 'prod',
      JUNCTION_MASTER_KEY: 'S3cretButNotAKey',
      JUNCTION_DEMO_PASSWORD: 'S3cret',
      DATABASE_URL: 'mysql://user:S3cret@host/db',
      JUNCTION_PUBLIC_URL: 'https://contoso.example/junction',
      JUNCTION_TRUSTED_PROXIES: '10.0.0.0/33',
      JUNCTION_LOG_LEVEL: 'loud',
      JUNCTION_LAKE_PORT: '0x10',
      JUNCTION_ALLOWED_HOSTS: 'ftp://lake',
      JUNCTION_PROBE_MINUTES: '0',
    });
    expect(problems).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'JUNCTION_MODE must be demo or production.',
      'JUNCTION_PUBLIC_URL must be http or https and a host, such as https://junction.contoso.com, without a path.',
      'JUNCTION_TRUSTED_PROXIES must be IP addresses, ranges such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas.',
      'JUNCTION_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
      'DATABASE_URL must be a postgresql:// URL.',
      'JUNCTION_MASTER_KEY must be 32 random bytes in base64 (make one with: openssl rand -base64 32).',
      'JUNCTION_DEMO_PASSWORD must have at least 12 characters.',
      'JUNCTION_LAKE_PORT must be a whole number from 0 to 65535.',
      expect.stringMatching(/^JUNCTION_ALLOWED_HOSTS "ftp:\/\/lake"/),
      'JUNCTION_PROBE_MINUTES must be a whole number from 1 to 1440.',
    ]);
    expect(problems.join()).not.toContain('S3cret');
  });

  it('tells of a wrong variable and the missing master key together', () => {
    expect(problemsOf({ PORT: 'x' })).toHaveLength(2);
  });

  it.each([
    ['PORT', ' '],
    ['PORT', '1e3'],
    ['PORT', '-1'],
    ['JUNCTION_PUBLIC_URL', 'junction.example'],
    ['JUNCTION_PUBLIC_URL', 'https://user@junction.example'],
    ['JUNCTION_PUBLIC_URL', 'https://junction.example/?x'],
    ['JUNCTION_TRUSTED_PROXIES', 'proxy.example'],
    ['JUNCTION_TRUSTED_PROXIES', '10.0.0.1/'],
    ['JUNCTION_TRUSTED_PROXIES', 'true'],
    ['JUNCTION_MASTER_KEY', Buffer.alloc(31).toString('base64')],
    ['JUNCTION_MASTER_KEY', `${key}!`],
  ])('refuses %s=%j', (name, value) => {
    expect(problemsOf({ JUNCTION_MODE: 'demo', [name]: value })).toEqual([expect.stringMatching(`^${name} must be`)]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readEnv({ JUNCTION_MODE: 'demo', PORT: '', DATABASE_URL: '', JUNCTION_DEMO_PASSWORD: '' }).PORT).toBe(3000);
  });

  it('reads lists', () => {
    const env = readEnv({
      JUNCTION_MODE: 'demo',
      JUNCTION_TRUSTED_PROXIES: '10.0.0.0/8, ::1 loopback',
      JUNCTION_ALLOWED_HOSTS: 'lake.contoso.com,http://127.0.0.1:10004',
    });
    expect(env.JUNCTION_TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1', 'loopback']);
    expect(env.JUNCTION_ALLOWED_HOSTS).toEqual(['lake.contoso.com', 'http://127.0.0.1:10004']);
  });
});

const entra = {
  JUNCTION_ENTRA_TENANT_ID: '72f988bf-86f1-41af-91ab-2d7cd011db47',
  JUNCTION_ENTRA_CLIENT_ID: 'client',
  JUNCTION_ENTRA_CLIENT_SECRET: 'S3cret',
};
const oidc = { JUNCTION_OIDC_ISSUER: 'https://id.contoso.example', JUNCTION_OIDC_CLIENT_ID: 'junction' };

describe('identity providers', () => {
  const problems = (variables: Record<string, string>) => problemsOf({ JUNCTION_MODE: 'demo', ...variables });

  it('are complete or not there at all', () => {
    expect(problems({ ...entra, ...oidc, JUNCTION_LOCAL_ACCOUNTS: 'off' })).toEqual([]);
    expect(problems({ JUNCTION_ENTRA_TENANT_ID: entra.JUNCTION_ENTRA_TENANT_ID })).toEqual([
      'JUNCTION_ENTRA_CLIENT_ID is required, since JUNCTION_ENTRA_TENANT_ID is set.',
      'JUNCTION_ENTRA_CLIENT_SECRET is required, since JUNCTION_ENTRA_TENANT_ID is set.',
    ]);
    expect(problems({ JUNCTION_OIDC_NAME: 'Contoso ID', JUNCTION_OIDC_CLIENT_ID: 'junction' })).toEqual([
      'JUNCTION_OIDC_ISSUER is required, since JUNCTION_OIDC_NAME is set.',
    ]);
    const { JUNCTION_ENTRA_CLIENT_SECRET: secret, ...withoutSecret } = entra;
    expect(problems({ ...withoutSecret, JUNCTION_ENTRA_CLIENT_SECRET_FILE: fileWith(secret) })).toEqual([]);
  });

  it('are needed where there are no passwords', () => {
    expect(problems({ JUNCTION_LOCAL_ACCOUNTS: 'off' })).toEqual([
      expect.stringMatching(/^JUNCTION_LOCAL_ACCOUNTS is off, but there is no identity provider/),
    ]);
    expect(problems({ JUNCTION_LOCAL_ACCOUNTS: 'no', ...oidc })).toEqual([
      'JUNCTION_LOCAL_ACCOUNTS must be on or off.',
    ]);
  });

  it.each([
    ['JUNCTION_OIDC_ISSUER', 'http://id.contoso.example'],
    ['JUNCTION_OIDC_ISSUER', 'https://id.contoso.example/?a=1'],
    ['JUNCTION_OIDC_ISSUER', 'id.contoso.example'],
    ['JUNCTION_OIDC_SCOPES', 'groups "all"'],
    ['JUNCTION_ENTRA_TENANT_ID', 'common'],
    ['JUNCTION_ENTRA_CLOUD', 'germany'],
    ['JUNCTION_SIGN_IN_RECHECK_SECONDS', '0'],
    ['JUNCTION_SIGN_IN_RECHECK_SECONDS', '3601'],
  ])('do not take %s=%j', (name, value) => {
    expect(problems({ ...entra, ...oidc, [name]: value })).toEqual([expect.stringMatching(`^${name} must be`)]);
  });

  it('may be on this very machine without TLS', () => {
    expect(problems({ ...oidc, JUNCTION_OIDC_ISSUER: 'http://127.0.0.1:9000/realm' })).toEqual([]);
  });
});

describe('a secret', () => {
  it('may come from a file, whose white space around it is dropped', () => {
    expect(readEnv({ JUNCTION_MASTER_KEY_FILE: fileWith(`${key}\n`) }).JUNCTION_MASTER_KEY).toBe(key);
  });

  it.each<[string, Record<string, string>]>([
    ['is both given and in a file', { JUNCTION_MASTER_KEY: key, JUNCTION_MASTER_KEY_FILE: fileWith(key) }],
    ['is in a file that is not there', { JUNCTION_MASTER_KEY_FILE: '/nonexistent/secret' }],
    ['is in a file that is empty', { JUNCTION_MASTER_KEY_FILE: fileWith('\n') }],
    ['is in a file and wrong', { JUNCTION_MASTER_KEY_FILE: fileWith('S3cret') }],
  ])('that %s is a problem, and stays secret', (_what, variables) => {
    const problems = problemsOf(variables);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(/^JUNCTION_MASTER_KEY/);
    expect(problems.join()).not.toContain('S3cret');
  });
});
