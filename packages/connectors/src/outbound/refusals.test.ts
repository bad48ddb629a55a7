import { describe, expect, it } from 'vitest';
import { createOutbound, type OutboundOptions } from './outbound.ts';

const refusalOf = async (url: string, over: Partial<OutboundOptions> = {}) => {
  const admission = await createOutbound({ allowedHosts: [], resolve: async () => ['10.1.2.3'], ...over }).admit(url);
  if (admission.admitted) throw new Error(`${url} was admitted.`);
  return admission.refusal;
};
const noSuchHost = async () => {
  throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
};
const metadata = async () => ['169.254.169.254'];
const ofStorage = /account|endpoint|lake|storage|container/;

describe('what to do about a refusal', () => {
  it.each([
    ['hostNotAllowed', 'https://hooks.contoso.com/in', {}],
    ['hostNotAllowed', 'https://files.dfs.contoso.com/in', {}],
    ['hostNotAllowed', 'sftp://contoso.blob.core.windows.net', {}],
    ['schemeRefused', 'http://hooks.contoso.com', {}],
    ['schemeRefused', 'ftp://files.contoso.com', {}],
    ['urlInvalid', 'hooks contoso', {}],
    ['addressRefused', 'https://hooks.contoso.com', { allowedHosts: ['*.contoso.com'] }],
    ['addressRefused', 'sftp://files.contoso.com', { allowedHosts: ['sftp://files.contoso.com'], resolve: metadata }],
    ['nameNotFound', 'https://hooks.contoso.com', { allowedHosts: ['hooks.contoso.com'], resolve: noSuchHost }],
    ['nameNotFound', 'sftp://files.contoso.com', { allowedHosts: ['sftp://files.contoso.com'], resolve: noSuchHost }],
  ])('is said in words for any server: %s of %s', async (code, url, over) => {
    const refusal = await refusalOf(url, over);
    expect(refusal.code).toBe(code);
    expect(refusal.remedy).not.toMatch(ofStorage);
    expect(refusal.remedy).toMatch(/address|server|URL|https/);
  });

  it('names the account where the host is made of one', async () => {
    const { remedy } = await refusalOf('https://contosolake.dfs.core.windows.net');
    expect(remedy).toContain('account name');
  });
});
