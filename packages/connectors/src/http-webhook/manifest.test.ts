import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { askedSecrets, requiredSecrets } from '../manifest.ts';
import {
  ApiKey,
  BatchRows,
  HeaderName,
  Password,
  Query,
  Scope,
  SigningSecret,
  Token,
  Url,
  UserName,
} from './fields.ts';
import { httpWebhookManifest } from './manifest.ts';

const parse = (schema: z.ZodType, typed: unknown): unknown => {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  expect(parsed.error.issues).toHaveLength(1);
  return new Error(parsed.error.issues[0]?.message);
};
const refused = (part: string) => expect.objectContaining({ message: expect.stringContaining(part) });
const key = Buffer.alloc(32, 7).toString('base64');

describe('fields', () => {
  it.each([
    [Url, ' HTTPS://Hooks.Contoso.com/In?tenant=5#top ', 'https://hooks.contoso.com/In?tenant=5'],
    [Url, 'http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    [Url, '', refused('Enter the address')],
    [Url, 'hooks.contoso.com/in', refused('complete address')],
    [Url, 'ftp://hooks.contoso.com', refused('complete address')],
    [Url, `https://hooks.contoso.com/${'x'.repeat(2_000)}`, refused('at most')],
    [Url, 'https://ada:pass@hooks.contoso.com', refused('user name and password')],
    [Url, 'https://f.azurewebsites.net/api/in?code=abc', refused('"code"')],
    [Url, 'https://prod.logic.azure.com/in?sp=run&sig=abc', refused('"sig"')],
    [Url, 'https://hooks.contoso.com/in?API_KEY=abc', refused('"API_KEY"')],
    [UserName, ' ada ', 'ada'],
    [UserName, '', undefined],
    [UserName, 'a:b', refused('colon')],
    [HeaderName, 'X-API-Key', 'X-API-Key'],
    [HeaderName, 'Authorization', 'Authorization'],
    [HeaderName, 'X API', refused('letters')],
    [HeaderName, 'Webhook-Signature', refused('meaning of its own')],
    [HeaderName, 'host', refused('meaning of its own')],
    [Scope, 'api://x/.default openid', 'api://x/.default openid'],
    [Scope, 'a"b', refused('quotes')],
    [BatchRows, undefined, 1_000],
    [BatchRows, '', 1_000],
    [BatchRows, ' 50 ', 50],
    [BatchRows, 10_000, 10_000],
    [BatchRows, 0, refused('1 to 10,000')],
    [BatchRows, '10001', refused('1 to 10,000')],
    [BatchRows, '1.5', refused('1 to 10,000')],
    [BatchRows, 'many', refused('1 to 10,000')],
    [Password, ' with blanks ', ' with blanks '],
    [Password, 'a\nb', refused('line breaks')],
    [Token, 'Authorization: Bearer abc.def ', 'abc.def'],
    [Token, 'abc def', refused('blanks')],
    [Token, 'töken', refused('blanks')],
    [ApiKey, ' abc ', 'abc'],
    [ApiKey, 'a\r\nb', refused('one line')],
    [Query, ' ?sp=run&sig=a%2Bb ', 'sp=run&sig=a%2Bb'],
    [Query, `https://hooks.contoso.com/in?code=a==`, 'code=a=='],
    [Query, 'abc', refused('follows the "?"')],
    [Query, 'sig=a b', refused('follows the "?"')],
    [SigningSecret, key, `whsec_${key}`],
    [SigningSecret, 'hunter2', refused('openssl rand')],
  ])('%# %j', (schema, typed, expected) => expect(parse(schema, typed)).toEqual(expected));
});

describe('the manifest', () => {
  const { settings, secrets, endpointOf, readPasted } = httpWebhookManifest;
  const url = 'https://hooks.contoso.com/in';
  const tokenUrl = 'https://login.contoso.com/token';

  it.each([
    [{ authentication: 'none' }, [], []],
    [{ authentication: 'basic' }, ['userName'], ['password']],
    [{ authentication: 'bearer' }, [], ['token']],
    [{ authentication: 'apiKey' }, ['headerName'], ['apiKey']],
    [{ authentication: 'query' }, [], ['query']],
    [{ authentication: 'oauth2' }, ['tokenUrl', 'clientId'], ['clientSecret']],
  ])('asks for what %j needs, and always for a signing secret that may stay empty', (chosen, missing, needed) => {
    const { error } = settings.safeParse({ url, ...chosen });
    expect(error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(missing);
    expect(requiredSecrets(httpWebhookManifest, chosen)).toEqual(needed);
    expect(askedSecrets(httpWebhookManifest, chosen)).toEqual([...needed, 'signingSecret']);
  });

  it('asks for the secrets again when they would go to another path, there or to the token service', () => {
    const oauth2 = { url, authentication: 'oauth2', tokenUrl, clientId: 'junction' };
    const endpoint = (changes: Readonly<Record<string, string>>) =>
      endpointOf(settings.parse({ ...oauth2, ...changes }));
    const before = endpoint({});
    expect(endpoint({ clientId: 'another', scope: 'rows', url: `${url}?tenant=5` })).toBe(before);
    const others: Readonly<Record<string, string>>[] = [
      { url: 'https://hooks.contoso.com/other' },
      { url: 'https://hooks.contoso.com:8443/in' },
      { url: 'http://hooks.contoso.com/in' },
      { tokenUrl: 'https://login.fabrikam.com/token' },
      { tokenUrl: 'https://login.contoso.com/other/token' },
      { authentication: 'none' },
    ];
    for (const changes of others) expect(endpoint(changes)).not.toBe(before);
  });

  it.each([
    [` ${url}?a=1#b `, { settings: { url: `${url}?a=1` }, secrets: {} }],
    [
      'https://ada:p%40ss@hooks.contoso.com/in',
      { settings: { url, authentication: 'basic', userName: 'ada' }, secrets: { password: 'p@ss' } },
    ],
    [
      `${url}?api-version=2016-10-01&sp=run&sig=a%2Bb`,
      { settings: { url, authentication: 'query' }, secrets: { query: 'api-version=2016-10-01&sp=run&sig=a%2Bb' } },
    ],
    ['https://token@hooks.contoso.com/in', { settings: { url }, secrets: {} }],
    ['hooks.contoso.com', undefined],
    ['a text with https://hooks.contoso.com', undefined],
    ['ftp://hooks.contoso.com', undefined],
  ])('reads %j when it is pasted', (text, expected) => {
    const pasted = readPasted?.(text);
    expect(pasted).toEqual(expected);
    if (pasted === undefined) return;
    expect(settings.safeParse({ authentication: 'none', ...pasted.settings }).success).toBe(true);
    expect(secrets.safeParse(pasted.secrets).success).toBe(true);
  });
});
