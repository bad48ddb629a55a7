import { describe, expect, it } from 'vitest';
import { locateIn } from './locate.ts';

const locate = locateIn('/data/root', 'lake/prod');

describe('a location in metadata', () => {
  it.each([
    ['Customer/part-0.csv', 'Customer/part-0.csv'],
    ['./Customer/part-0.csv', 'Customer/part-0.csv'],
    [' Customer/../Order/b c%20d.csv ', 'Order/b c%20d.csv'],
    ['.', ''],
    ['Customer/', 'Customer'],
    ['a:b.csv', 'a:b.csv'],
    ['/data/root/lake/prod/Customer/a.csv', 'Customer/a.csv'],
    ['/data/root/lake/prod/x/../a#1 & 50%.csv', 'a#1 & 50%.csv'],
    ['/data/root/lake/prod', ''],
    ['file:///data/root/lake/prod/b%20c%2Bd.csv', 'b c+d.csv'],
    ['file:/data/root/lake/prod/a.csv', 'a.csv'],
    ['file://localhost/data/root/lake/prod/a.csv?query#hash', 'a.csv'],
  ])('%j is here', (location, path) => expect(locate(location)).toEqual({ path }));

  it.each([
    ['../a.csv', 'another folder'],
    ['a/../../b.csv', 'another folder'],
    ['/data/root/lake/production/a.csv', 'another folder'],
    ['/etc/passwd', 'another folder'],
    ['file:///data/root/lake/prod/../../secret.csv', 'another folder'],
    ['file:///data/root/lake/prod/%2e%2e/%2e%2e/secret.csv', 'another folder'],
    ['file:///data/root/lake/prod/a%2Fb.csv', 'another folder'],
    ['file:///data/root/lake/prod/%zz.csv', 'another folder'],
    ['https://contoso.example/lake/a.csv?sig=canary', 'another store (contoso.example)'],
    ['abfss://lake@contoso.dfs.core.windows.net/a.csv', 'another store (contoso.dfs.core.windows.net)'],
  ])('%j is elsewhere', (location, words) => {
    const located = locate(location);
    expect(located).toEqual({ elsewhere: expect.stringContaining(words) });
    expect(JSON.stringify(located)).not.toContain('canary');
  });

  it('is known by its path alone where no folder is set aside', () => {
    const without = locateIn(undefined, 'lake/prod');
    expect(without('a.csv')).toEqual({ path: 'a.csv' });
    expect(without('/lake/prod/a.csv')).toEqual({ elsewhere: expect.any(String) });
  });
});
