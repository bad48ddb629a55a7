import { describe, expect, it } from 'vitest';
import { DisplayName, NewPassword, Password, TimeZone } from './scalars.ts';

const messages = (name: unknown) => DisplayName.safeParse(name).error?.issues.map(({ message }) => message);

describe('a name', () => {
  it.each(['Žofie 👩‍🔬 اسم — ﷽', 'e\u0301', 'שלום', '  Exports  ', 'm\u200c\u06cc'])('can be %j', (name) => {
    expect(messages(name)).toBeUndefined();
  });

  it.each(['a\nb', 'a\u2028b', 'a\u2029b', 'a\u0007b', '\u202egnp.exe', 'a\u2066b'])(
    'is one line in one direction, unlike %j',
    (name) => {
      expect(messages(name)).toEqual(['A name has no line breaks or control characters.']);
    },
  );

  it.each(['\u200b', '\u200b \u200d', '\u0301'])('can be seen, unlike %j', (name) => {
    expect(messages(name)).toEqual(['A name has at least one visible character.']);
  });

  it('is the same however its characters are composed', () => {
    expect(DisplayName.parse('Cafe\u0301')).toBe('Caf\u00e9');
  });

  it('that is empty gets one complaint', () => {
    expect(messages(' ')).toEqual(['Enter a name.']);
  });
});

describe('a password', () => {
  it('is the same from every keyboard', () => {
    const [composed, decomposed] = ['pa\u00dfw\u00f6rter \u2460\u2461', 'pa\u00dfwo\u0308rter 12'];
    expect(NewPassword.parse(composed)).toBe(NewPassword.parse(decomposed));
    expect(Password.parse(composed)).toBe(NewPassword.parse(composed));
  });
});

describe('a time zone', () => {
  it('has a name', () => {
    expect(TimeZone.safeParse('Europe/Berlin').success).toBe(true);
    for (const zone of ['+01:00', '-0500', '\u221201:00', 'Europe/Atlantis', ''])
      expect(TimeZone.safeParse(zone).success).toBe(false);
  });
});
