import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { signPayload } from '../signing/signing.ts';

const docs = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(docs)?.[1] ?? '';

const { isFromJunction } = (await import(`data:text/javascript,${encodeURIComponent(blockOf('js'))}`)) as {
  isFromJunction(headers: object, body: string | Uint8Array, secret: string, now?: number): boolean;
};

it('has an example that is signed with the secret that it names', () => {
  const [head = '', body = ''] = blockOf('http').split('\n\n');
  const headers = Object.fromEntries(
    head.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
      return [[name.toLowerCase(), value]];
    }),
  );
  const secret = /signed with `(whsec_[^`]+)`/.exec(docs)?.[1] ?? '';
  const signedAt = Number(headers['webhook-timestamp']) * 1_000;
  expect(isFromJunction(headers, body, secret, signedAt)).toBe(true);
  expect(isFromJunction(headers, body.replace('Köln', 'Bonn'), secret, signedAt)).toBe(false);
  expect(isFromJunction(headers, body, secret)).toBe(false);
});

it('shows code that accepts what is signed and nothing else', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const body = Buffer.from('{"city":"Köln"}\n');
  const headers = signPayload({ id: 'run-1/1', timestamp: new Date(), body, secret });
  expect(isFromJunction(headers, body, secret)).toBe(true);
  const other = 'v1,AAAA';
  const signature = headers['webhook-signature'];
  expect(isFromJunction({ ...headers, 'webhook-signature': `${other} ${signature}` }, body, secret)).toBe(true);
  expect(isFromJunction({ ...headers, 'webhook-signature': other }, body, secret)).toBe(false);
  expect(isFromJunction({ ...headers, 'webhook-id': 'run-1/2' }, body, secret)).toBe(false);
  expect(isFromJunction({ ...headers, 'webhook-timestamp': 'x' }, body, secret)).toBe(false);
  expect(isFromJunction({}, body, secret)).toBe(false);
});
