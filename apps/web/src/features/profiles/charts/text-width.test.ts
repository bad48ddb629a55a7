import { expect, test } from 'vitest';
import { fitted, textWidth } from './text-width.ts';

test('a text that fits is left as it is', () => expect(fitted('Germany', 14, 200)).toBe('Germany'));

test.each(['United Kingdom of Great Britain and Northern Ireland', 'グレートブリテン及び北アイルランド連合王国'])(
  'a text that does not is cut to what does: %s',
  (text) => {
    const cut = fitted(text, 14, 120);
    expect(cut.endsWith('…')).toBe(true);
    expect(text.startsWith(cut.slice(0, -1))).toBe(true);
    expect(textWidth(cut, 14)).toBeLessThanOrEqual(120);
    expect(textWidth(cut, 14)).toBeGreaterThan(90);
  },
);

test('something is left of a text however narrow', () => expect(fitted('Germany', 14, 0)).toBe('G…'));
