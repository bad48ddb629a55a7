import { expect, test } from 'vitest';
import { paths, safeReturnPath } from './paths.ts';

test('the page to return to survives the way through sign-in', () => {
  const address = paths.signIn('/e/1/connections?status=failing&search=a b');
  const params = new URLSearchParams(address.slice(address.indexOf('?')));
  expect(safeReturnPath(params.get('return'))).toBe('/e/1/connections?status=failing&search=a b');
});

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/exports/../..//evil.example',
  'javascript:alert(1)',
  '/sign-in?return=/',
  '/welcome',
])('does not return to %s', (text) => expect(safeReturnPath(text)).toBe('/'));

test('the list of exports is narrowed by states, and by a text where there is one', () => {
  expect(paths.exportsIn('1', ['failed', 'skipped'])).toBe('/e/1/exports?status=failed%2Cskipped');
  expect(paths.exportsIn('1', ['failed'], 'a & b')).toBe('/e/1/exports?search=a+%26+b&status=failed');
});
