import { describe, expect, it } from 'vitest';
import { readReturnPath } from './return-path.ts';

const site = new URL('https://junction.contoso.example');

describe('the path to go to after signing in', () => {
  it.each([
    ['/', '/'],
    ['/exports?status=failing&a=b#top', '/exports?status=failing&a=b#top'],
    ['/a/../b', '/b'],
    ['/who@evil.example/', '/who@evil.example/'],
  ])('%j is %j', (text, path) => {
    expect(readReturnPath(text, site)).toBe(path);
  });

  it.each([
    '',
    'exports',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '\t//evil.example',
    '/\t/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
  ])('%j is none', (text) => {
    expect(() => readReturnPath(text, site)).toThrow(expect.objectContaining({ code: 'invalidInput' }));
  });
});
