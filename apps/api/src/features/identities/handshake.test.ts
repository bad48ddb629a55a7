import { describe, expect, it } from 'vitest';
import { newToken } from '../../platform/tokens.ts';
import { handshakeOf, isAnswerTo } from './handshake.ts';

describe('a handshake', () => {
  it('follows from its token: three values that PKCE and URLs take, none of them the token', () => {
    const token = newToken();
    const values = Object.values(handshakeOf(token));
    expect(handshakeOf(token)).toEqual(handshakeOf(token));
    expect(new Set([...values, ...Object.values(handshakeOf(newToken())), token]).size).toBe(7);
    for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    ['code=1&state=STATE', true],
    ['code=1', false],
    ['code=1&state=', false],
    ['code=1&state=STATE&state=STATE', false],
    ['code=1&state=xSTATE', false],
    ['code=1&state=%00', false],
  ])('knows its answer: %s', (response, isAnswer) => {
    const handshake = handshakeOf(newToken());
    expect(isAnswerTo(handshake, response.replaceAll('STATE', handshake.state))).toBe(isAnswer);
  });
});
