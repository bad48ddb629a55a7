import { api } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

/** Names that a secret would have. */
const suspicious = /password|secret|token|key|hash|credential|^url$/i;

/** What looks like a secret in an answer and is allowed there, with the reason. */
const allowed: Readonly<Record<string, string>> = {
  'createMember oneTimeLink.url': 'shown once to the admin who added somebody new, to pass on',
  'createMyToken token': 'the one answer that shows a token',
  'createServiceAccountToken token': 'the one answer that shows a token',
  'listActivity value.token': 'the name of a token',
  'startSignIn url': 'where the browser goes to sign in; what it goes with is of use to that browser alone',
  'inspectOneTimeLink setsPassword': 'whether there is one to be set',
  ...Object.fromEntries(
    ['listServiceAccounts value.', 'createServiceAccount ', 'updateServiceAccount '].map((where) => [
      `${where}tokenCount`,
      'a number',
    ]),
  ),
  ...Object.fromEntries(
    ['createSession ', 'completeSignIn me.', 'redeemOneTimeLink ', 'getMe ', 'updateMe '].map((where) => [
      `${where}hasPassword`,
      'whether there is one',
    ]),
  ),
  'resetMemberPassword url': 'shown once to the admin who asked for it, to pass on',
  'getSampleLake sample.accountKey': "the demo lake's key is a fixed, documented sample",
  'listConnectors value.secrets': 'the schema of the secrets, not secrets',
  ...Object.fromEntries(
    [
      'listConnections value.',
      'getConnection ',
      'createConnection ',
      'updateConnection ',
      'restoreConnection connection.',
    ].flatMap((where) => [
      [`${where}secrets`, 'which secrets are set and since when'],
      [`${where}credentialExpiresAt`, 'a time'],
    ]),
  ),
  'checkDraft credentialExpiresAt': 'a time',
  'checkConnection credentialExpiresAt': 'a time',
  'listChecks value.credentialExpiresAt': 'a time',
  ...Object.fromEntries(
    ['listNoticeHooks value.', 'createNoticeHook ', 'updateNoticeHook ', 'testNoticeHook '].map((where) => [
      `${where}url`,
      'where notices are posted to; one that looks like it holds a secret is refused',
    ]),
  ),
  ...Object.fromEntries(
    ['gender', 'age', 'country', 'city', 'income'].map((chart) => [
      `getProfileReport charts.${chart}.bars.key`,
      'what a bar stands for',
    ]),
  ),
  ...Object.fromEntries(
    ['getExport', 'createExport', 'updateExport'].map((name) => [
      `${name} format.hasHeader`,
      'whether files have a header; no hash',
    ]),
  ),
};

type Schema = { properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[] };

const namesIn = (schema: Schema, path: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [...(suspicious.test(name) ? [here] : []), ...namesIn(part, here)];
  }),
  ...(schema.items ? namesIn(schema.items, path) : []),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((part) => namesIn(part, path)),
];

describe('answers', () => {
  it('have no field with a secret’s name, apart from those listed with a reason', () => {
    const found = Object.entries(api).flatMap(([name, { response }]) =>
      response === null
        ? []
        : namesIn(z.toJSONSchema(response, { unrepresentable: 'any' }) as Schema, '').map((path) => `${name} ${path}`),
    );
    expect([...new Set(found)].sort()).toEqual(Object.keys(allowed).sort());
  });
});
