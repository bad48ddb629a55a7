import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const secret = 'sv=2025&sig=a+b/c%3D"x"';

describe('redact', () => {
  it.each([
    ['plain', secret],
    ['URL-decoded', decodeURIComponent(secret)],
    ['URL-encoded', encodeURIComponent(secret)],
    ['JSON', JSON.stringify(secret)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['hex', Buffer.from(secret).toString('hex')],
  ])('takes a secret out that is spelled in %s', (_spelling, spelled) => {
    const text = redact(`The server said: ${spelled} is wrong.`, [secret]);
    expect(text).toContain('[secret]');
    expect(text).not.toContain('sig=a');
    expect(text).toMatch(/^The server said: .* is wrong\.$/);
  });

  it('leaves other text alone, also when a secret is empty, short or no URL encoding', () => {
    expect(redact('The container a100% is missing.', ['', 'a', '100%'])).toBe('The container a[secret] is missing.');
  });
});
