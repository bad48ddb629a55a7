import { readFileSync } from 'node:fs';
import { parseAllowedHosts } from '@junction/connectors/outbound';
import * as z from 'zod';
import { keyBytes } from './vault.ts';

const port = z.coerce
  .number('must be a port number')
  .int('must be a whole number')
  .min(0, 'must be 0 to 65535')
  .max(65_535, 'must be 0 to 65535');

const masterKey = z.base64('must be base64').refine((text) => Buffer.from(text, 'base64').length === keyBytes, {
  error: `must be ${keyBytes} random bytes in base64 (make one with: openssl rand -base64 ${keyBytes})`,
});

const allowedHosts = z.string().transform((text, context) => {
  const { entries, errors } = parseAllowedHosts(text);
  for (const message of errors) context.addIssue({ code: 'custom', message });
  return entries.map(({ entry }) => entry);
});

/** Every variable Junction reads, in one place; docs/configuration.md documents each, and a test holds the two together. */
export const Env = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    JUNCTION_MODE: z.enum(['demo', 'production'], 'must be demo or production').default('production'),
    JUNCTION_DATA_DIR: z.string().min(1).default('./data'),
    JUNCTION_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
    JUNCTION_TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    JUNCTION_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }).optional(),
    JUNCTION_MASTER_KEY: masterKey.optional(),
    JUNCTION_DEMO_PASSWORD: z
      .string()
      .min(12, 'must have at least 12 characters')
      .max(256, 'must have at most 256 characters')
      .optional(),
    JUNCTION_LAKE_PORT: port.default(10_004),
    JUNCTION_ALLOWED_HOSTS: allowedHosts.default([]),
    JUNCTION_PROBE_MINUTES: z.coerce
      .number()
      .int('must be a whole number')
      .min(1, 'must be 1 to 1440')
      .max(1440, 'must be 1 to 1440')
      .default(15),
  })
  .superRefine((env, context) => {
    if (env.JUNCTION_MODE === 'production' && env.JUNCTION_MASTER_KEY === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['JUNCTION_MASTER_KEY'],
        message: `is required in production (make one with: openssl rand -base64 ${keyBytes})`,
      });
    }
  });
export type Env = z.infer<typeof Env>;

/** The variables that may also be given as a file, named by the same variable with `_FILE` at its end. */
export const secretVariables = ['DATABASE_URL', 'JUNCTION_MASTER_KEY', 'JUNCTION_DEMO_PASSWORD'] as const;

/** The configuration is wrong; `problems` names each variable and what it must be, never its value. */
export class EnvError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/** Reads and validates the configuration; throws EnvError with all problems at once. An empty variable counts as absent. */
export const readEnv = (variables: Readonly<Record<string, string | undefined>>): Env => {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];
  for (const name of secretVariables) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) problems.push(`${name} and ${name}_FILE are both set; keep one.`);
    try {
      given[name] = readFileSync(path, 'utf8').trim();
    } catch {
      problems.push(`${name}_FILE names a file that cannot be read.`);
    }
  }
  const parsed = Env.safeParse(given);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`));
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
};
