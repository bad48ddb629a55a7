import { describe, expect, it } from 'vitest';
import { readEnv } from './platform/env.ts';
import { welcome } from './welcome.ts';

const env = readEnv({ JUNCTION_MODE: 'demo' });
const start = (publicUrl: string, isLoopback: boolean) => ({
  house: { env, publicUrl: new URL(publicUrl), isLoopback, sampleLake: null },
  dataFolder: '/data',
  demoPassword: undefined,
  firstAdminLink: undefined,
});

describe('the welcome', () => {
  it('says where Junction is, where the data lies and how to stop', () => {
    const text = welcome({ ...start('http://127.0.0.1:3000', true), demoPassword: 'the password' });
    for (const part of ['http://127.0.0.1:3000', 'admin@contoso.example', 'the password', '/data', 'Ctrl+C'])
      expect(text).toContain(part);
    expect(text).not.toContain('TLS');
  });

  it('warns that nobody stays signed in over plain http from another machine', () => {
    expect(welcome(start('http://0.0.0.0:3000', false))).toContain('put TLS in front');
    expect(welcome(start('https://junction.contoso.com', false))).not.toContain('TLS');
  });

  it("gives the first admin's link in production", () => {
    const firstAdminLink = 'http://127.0.0.1:3000/welcome#token';
    expect(welcome({ ...start('http://127.0.0.1:3000', true), firstAdminLink })).toContain(firstAdminLink);
  });
});
