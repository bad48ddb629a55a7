import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_ACCOUNT, type LakeAccount } from './accounts.ts';
import type { Fault, FaultRule } from './faults.ts';

export const DEFAULT_PORT = 10004;

export const USAGE = `Usage: lake-emulator [options]

  --port <n>              port to listen on (${DEFAULT_PORT}; 0 takes a free one)
  --host <address>        address to listen on (127.0.0.1)
  --directory <path>      keep data in this directory (in memory when absent)
  --account <name:key>    serve this account; add ":flat" for one without a hierarchical namespace; repeatable
                          (default: ${DEMO_ACCOUNT.name} with its documented key)
  --tls                   speak HTTPS, with a certificate of an authority of its own
  --ca <path>             keep that authority in this directory (~/.lake-emulator)
  --tenant                start a tenant that gives tokens beside it, on the next port; implies --tls
  --faults <file.json>    arm the fault rules of this file
  --demo                  fill ${DEMO_ACCOUNT.name} with the sample lake
  --help                  show this text
`;

export type CliOptions = {
  port: number;
  host: string;
  directory: string | undefined;
  accounts: LakeAccount[];
  faults: FaultRule[];
  /** Where the authority is kept whose certificate it serves with; plain HTTP when absent. */
  caDirectory: string | undefined;
  hasTenant: boolean;
  isDemo: boolean;
  isHelp: boolean;
};

const parseAccount = (text: string): LakeAccount => {
  const [name = '', key = '', kind] = text.split(':');
  if (key === '' || (kind !== undefined && kind !== 'flat')) {
    throw new Error(`--account must be name:key or name:key:flat, not "${name}:…".`);
  }
  return { name, key, hierarchicalNamespace: kind !== 'flat' };
};

const parsePort = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`--port must be a number from 0 to 65535, not "${text}".`);
  return port;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MATCH_FIELDS: Readonly<Record<string, string>> = {
  method: 'string',
  path: 'string',
  account: 'string',
  nth: 'number',
  times: 'number',
};
const FAULT_FIELDS: Readonly<Record<string, string>> = {
  status: 'number',
  code: 'string',
  message: 'string',
  retryAfterSeconds: 'number',
  latencyMs: 'number',
  reset: 'boolean',
  truncateBodyAfterBytes: 'number',
  body: 'string',
  headers: 'object',
  hang: 'boolean',
};

const requireFields = (where: string, value: unknown, fields: Readonly<Record<string, string>>): void => {
  if (!isObject(value)) throw new Error(`${where} must be an object.`);
  for (const [name, one] of Object.entries(value)) {
    const type = fields[name];
    if (type === undefined) throw new Error(`${where}.${name} is not known; use ${Object.keys(fields).join(', ')}.`);
    if (typeof one !== type) throw new Error(`${where}.${name} must be a ${type}.`);
  }
};

const parseExpression = (where: string, text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new Error(`${where} is not a regular expression: ${error instanceof Error ? error.message : text}`);
  }
};

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`--faults: the file is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
};

/** In a file, a path between slashes with a leading "re:" is a regular expression: "re:^/exports/.*\\.csv$". */
const toRule = (where: string, match: Record<string, unknown>, fault: Fault): FaultRule => {
  const { path } = match;
  const isExpression = typeof path === 'string' && path.startsWith('re:');
  return { match: { ...match, ...(isExpression && { path: parseExpression(`${where}.path`, path.slice(3)) }) }, fault };
};

/**
 * Reads fault rules from JSON: an array of `{match, fault}`.
 * @throws Error that names the rule and the field.
 */
export const parseFaultRules = (json: string): FaultRule[] => {
  const rules = parseJson(json);
  if (!Array.isArray(rules)) throw new Error('--faults: the file must hold an array of {match, fault}.');
  return rules.map((rule: unknown, index) => {
    requireFields(`--faults[${index}]`, rule, { match: 'object', fault: 'object' });
    const { match = {}, fault } = rule as { match?: Record<string, unknown>; fault?: Fault };
    requireFields(`--faults[${index}].match`, match, MATCH_FIELDS);
    requireFields(`--faults[${index}].fault`, fault, FAULT_FIELDS);
    return toRule(`--faults[${index}].match`, match, fault ?? {});
  });
};

/**
 * Reads the command line.
 * @throws Error with one line to show when an option is wrong.
 */
export const parseCliOptions = (args: readonly string[]): CliOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      host: { type: 'string', default: '127.0.0.1' },
      directory: { type: 'string' },
      account: { type: 'string', multiple: true, default: [] },
      faults: { type: 'string' },
      tls: { type: 'boolean', default: false },
      ca: { type: 'string' },
      tenant: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const given = values.account.map(parseAccount);
  const hasDemoAccount = given.some(({ name }) => name === DEMO_ACCOUNT.name);
  const needsDemoAccount = given.length === 0 || (values.demo && !hasDemoAccount);
  return {
    port: parsePort(values.port),
    host: values.host,
    directory: values.directory,
    accounts: needsDemoAccount ? [...given, DEMO_ACCOUNT] : given,
    faults: values.faults === undefined ? [] : parseFaultRules(readFileSync(values.faults, 'utf8')),
    caDirectory: values.tls || values.tenant ? (values.ca ?? join(homedir(), '.lake-emulator')) : undefined,
    hasTenant: values.tenant,
    isDemo: values.demo,
    isHelp: values.help,
  };
};
