import { describe, expect, it } from 'vitest';
import { defaultAllowedHosts, parseAllowedHosts } from './allowed-hosts.ts';
import { createOutbound } from './outbound.ts';

const placeOf = (text: string) => {
  const { entries, errors } = parseAllowedHosts(text);
  expect(errors).toEqual([]);
  return entries.map(({ scheme, port, match }) => [scheme, port, match.kind]);
};

describe('the allow-list', () => {
  it.each([
    ['lake.contoso.com', [['https', 443, 'name']]],
    ['Lake.Contoso.COM/', [['https', 443, 'name']]],
    ['https://lake.contoso.com', [['https', 443, 'name']]],
    ['lake.contoso.com:8443', [['https', 8443, 'name']]],
    ['http://lake:10004', [['http', 10004, 'name']]],
    ['http://localhost', [['http', 80, 'name']]],
    ['sftp://files.contoso.com', [['sftp', 22, 'name']]],
    ['SFTP://files.contoso.com:2222/', [['sftp', 2222, 'name']]],
    ['sftp://10.1.2.3', [['sftp', 22, 'address']]],
    ['sftp://[fd00::1]:2222', [['sftp', 2222, 'address']]],
    ['*.contoso.com', [['https', 443, 'suffix']]],
    ['10.1.2.3', [['https', 443, 'address']]],
    ['http://10.1.2.3:81', [['http', 81, 'address']]],
    ['fd00::1', [['https', 443, 'address']]],
    ['[fd00::1]:8443', [['https', 8443, 'address']]],
    ['10.0.0.0/8', [['https', 443, 'range']]],
    ['fd00::/8', [['https', 443, 'range']]],
    ['a.example, b.example\n c.example', Array(3).fill(['https', 443, 'name'])],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect(placeOf(text)).toEqual(expected);
  });

  it.each([
    '*',
    '*.',
    '*.com',
    'a.*.example',
    'http://*.contoso.com',
    'sftp://*.contoso.com',
    'sftp://ada@files.contoso.com',
    'sftp://files.contoso.com/exports',
    'ssh://files.contoso.com',
    'ftp://a.example',
    'a.example/path',
    'user@a.example',
    'a.example:0',
    'a.example:65536',
    'a.example:x',
    '10.0.0.0/33',
    '256.1.1.1',
    '0x7f.1',
    '127.1',
    'a..example',
    '-a.example',
    'a_.example',
    '[::1',
    'https://',
    'https://a.example?x',
  ])('refuses %j and says which entry it was', (entry) => {
    const { entries, errors } = parseAllowedHosts(`ok.example,${entry}`);
    expect(entries.map(({ match }) => match)).toEqual([{ kind: 'name', name: 'ok.example' }]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`"${entry}"`);
  });

  it('can be read where it names the clouds', () => {
    expect(parseAllowedHosts(defaultAllowedHosts.join(',')).errors).toEqual([]);
    expect(defaultAllowedHosts).toContain('*.dfs.core.windows.net');
  });

  it('makes createOutbound throw with the wrong entry, rather than leave it out', () => {
    expect(() => createOutbound({ allowedHosts: ['a.example/path'] })).toThrow('"a.example/path"');
  });
});
