import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createOutbound, type OutboundOptions } from '../outbound/outbound.ts';
import type { Finding } from '../shared-azure-storage/findings/finding.ts';
import { identityFindings } from '../shared-azure-storage/findings/identity.ts';
import { clientSecret, machine, openIdentityWorld } from '../shared-azure-storage/testing/identity-world.ts';
import { container, lakeAccount } from '../testing/lake-subject.ts';
import { type CheckOptions, failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { adlsGen2Connector } from './connector.ts';
import { identityCases } from './testing/identity-cases.ts';

const world = await openIdentityWorld();
const { lake, tenant, guard, withSecret, withCertificate, asServer, assign, listing, surround } = world;
const cases = identityCases(world);

afterEach(() => world.tidy());
afterAll(() => world.close());

/** Every line of a secret that says something, so that a part of a key is found as well. */
const telling = (secret: string): string[] =>
  secret.split('\n').filter((line) => line !== '' && !line.includes('-----'));

const check = async (target: RawTarget, given: OutboundOptions = guard, options: CheckOptions = {}) => {
  const { result, events } = await runCheck(adlsGen2Connector, target, { outbound: createOutbound(given), ...options });
  const output = JSON.stringify([result, events]);
  for (const line of Object.values(target.secrets).flatMap(telling)) expect(output).not.toContain(line);
  // Access tokens and assertions begin so.
  expect(output).not.toContain('eyJ');
  expect(output).not.toContain('Canary of what is said');
  return { result, codes: Object.fromEntries(result.steps.map(({ step, code }) => [step, code])) };
};

describe('what goes wrong with an identity is told apart', () => {
  it.each(cases)(
    '$name: $step fails with $code',
    async ({ given, step, code, outcome, field, remedy, says }) => {
      const { target, guard: own, options, end } = await given();
      const { result } = await check(target, own, options);
      await end?.();
      const failed = failedStep(result);
      expect({ step: failed?.step, code: failed?.code, outcome: result.outcome }).toEqual({ step, code, outcome });
      if (field !== undefined) expect(failed?.field).toBe(field);
      expect(`${failed?.remedy?.text} ${failed?.remedy?.command}`).toContain(remedy);
      if (says !== undefined) expect(failed?.message).toContain(says);
      expect(failed?.message).not.toMatch(/undefined|SAS/);
      expect(`${failed?.remedy?.text} ${failed?.remedy?.command}`).not.toContain('SAS');
      expect(await world.contentsOf(lakeAccount)).toEqual([]);
    },
    15_000,
  );

  it('with a case for every code of a failed step', () => {
    const failures = (Object.entries(identityFindings) as [string, Finding][]).filter(
      ([, { status }]) => status === 'failed',
    );
    const tried = new Set(cases.map(({ code }) => code));
    expect(failures.map(([code]) => code).filter((code) => !tried.has(code))).toEqual([]);
  });
});

describe('what goes well with an identity', () => {
  it.each([
    ['a client secret', withSecret],
    ['a certificate', withCertificate],
  ])('passes with %s', async (_name, target) => {
    assign('Storage Blob Data Contributor');
    const { result, codes } = await check(target({ baseFolder: 'a/b' }));
    expect(failedStep(result)).toBeUndefined();
    expect(codes).toMatchObject({ authenticate: 'identityAccepted', account: 'accountUnknown', write: 'probePassed' });
    expect(result.outcome).toBe('passed');
  });

  it.each([
    ['a virtual machine', surround.virtualMachine],
    ['a workload that is federated', surround.workload],
  ])('passes with the identity of %s', async (_name, arrange) => {
    assign('Storage Blob Data Contributor', { principalId: machine.objectId });
    await arrange();
    const { result, codes } = await check(asServer(), listing());
    expect(failedStep(result)).toBeUndefined();
    expect(codes).toMatchObject({ authenticate: 'identityAccepted', write: 'probePassed' });
    expect(result.steps.find(({ step }) => step === 'authenticate')?.message).toContain(machine.clientId);
  });

  it('takes a domain for the tenant', async () => {
    assign('Storage Blob Data Contributor');
    expect((await check(withSecret({ tenantId: 'Contoso.onmicrosoft.com' }))).result.outcome).toBe('passed');
  });

  it('creates a missing container when the role lets it', async () => {
    assign('Storage Blob Data Contributor', { container: undefined });
    const target = withSecret({ container: 'made-by-identity' });
    const first = await check(target);
    expect(failedStep(first.result)).toMatchObject({ code: 'containerMissing', offer: 'createContainer' });
    const { codes } = await check(target, guard, { allow: new Set(['createContainer'] as const) });
    expect(codes).toMatchObject({ container: 'containerCreated', write: 'probePassed' });
  });

  it('says when the credential ends, as far as it is known', async () => {
    assign('Storage Blob Data Contributor');
    const ends = async (target: RawTarget) => (await check(target)).result.credentialExpiresAt;
    expect(await ends(withSecret())).toBeUndefined();
    expect(await ends(withSecret({ clientSecretExpiresOn: '2031-06-30' }))).toBe('2031-06-30T00:00:00.000Z');
    expect(Date.parse((await ends(withCertificate())) ?? '')).toBeGreaterThan(Date.now());
  });

  it('asks the authority anew for every check, and once for all of its requests', async () => {
    assign('Storage Blob Data Contributor');
    await check(withSecret());
    const end = tenant.addFault({ status: 503, times: 1 });
    expect(failedStep((await check(withSecret())).result)?.code).toBe('authorityError');
    end();
    expect((await check(withSecret())).result.outcome).toBe('passed');
  });

  it('gives no token to a host that asks for one for something else', async () => {
    // A challenge may name any tenant and any resource; a client of the SDK would get what it names.
    lake.addFault({
      match: { method: 'HEAD' },
      fault: {
        status: 401,
        code: 'InvalidAuthenticationInfo',
        headers: {
          'WWW-Authenticate': `Bearer authorization_uri=${tenant.url}/common/oauth2/authorize resource_id=https://management.azure.com`,
        },
      },
    });
    const { result } = await check(withSecret());
    expect(failedStep(result)?.code).toBe('tokenRefused');
    expect(JSON.stringify(lake.requests())).not.toContain(clientSecret);
  });
});

describe('an account in a list of the operator', () => {
  const connect = (settings: Record<string, unknown>, accounts: readonly string[]) =>
    check(asServer(settings), { ...guard, serverIdentityAccounts: accounts, resolve: async () => ['127.0.0.1'] });

  it.each([
    ['another account at its own host', { endpoint: undefined, accountName: 'fabrikam' }],
    ['the account at another host', { endpoint: 'https://contosolake.dfs.core.windows.net.example.com' }],
    ['the account at another port', { endpoint: 'https://contosolake.dfs.core.windows.net:8443' }],
    ['the account at an emulator', {}],
  ])('does not let %s in', async (_name, settings) => {
    surround.virtualMachine();
    const target = asServer({ ...settings, container });
    const endpoint = adlsGen2Connector.manifest.endpointOf(adlsGen2Connector.manifest.settings.parse(target.settings));
    const allowedHosts = [new URL(endpoint).origin];
    const destination = adlsGen2Connector.openDestination?.(
      {
        settings: adlsGen2Connector.manifest.settings.parse(target.settings),
        secrets: {},
      },
      {
        outbound: createOutbound({ allowedHosts, serverIdentityAccounts: [lakeAccount] }),
        now: () => new Date(),
      },
    );
    if (destination?.takes !== 'files') throw new Error('There is no destination.');
    await expect(destination.exists('x', AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: 'serverIdentityAccountNotListed',
    });
    destination.close();
    const { result } = await connect(settings, [lakeAccount]);
    expect(result.outcome).not.toBe('passed');
  });
});
