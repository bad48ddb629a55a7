import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { findings } from '../shared-azure-storage/findings/findings.ts';
import { identityFindings } from '../shared-azure-storage/findings/identity.ts';
import { testCertificate } from '../testing/certificates.ts';
import { accountSas, containerOf, containerSas, contentsOf, lakeAccount } from '../testing/lake-subject.ts';
import { type CheckOptions, failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { serveHttp } from '../testing/servers.ts';
import { adlsGen2Connector } from './connector.ts';
import { type CheckCase, openLakeWorld } from './testing/lake-world.ts';
import { placeCases } from './testing/place-cases.ts';
import { reachCases } from './testing/reach-cases.ts';
import { signInCases } from './testing/sign-in-cases.ts';

const world = await openLakeWorld();
const { lake, fault, refusing, started, tlsHost, withKey, withSas } = world;
const cases = [...reachCases(world), ...signInCases(world), ...placeCases(world)];

afterEach(() => world.tidy());
afterAll(() => lake.close());

/** Arranges a case and checks it. */
const checkCase = async ({ given }: Pick<CheckCase, 'given'>) => {
  const { target, guard, options } = await given();
  const outbound = createOutbound(guard ?? { allowedHosts: [lake.url] });
  const { result, events } = await runCheck(adlsGen2Connector, target, { outbound, ...options });
  lake.clearFaults();
  return { result, events, target };
};

describe('what goes wrong is told apart', () => {
  it.each(cases)(
    '$name: $step fails with $code',
    async ({ given, step, code, outcome, field, remedy }) => {
      const { result, events, target } = await checkCase({ given });
      const failed = failedStep(result);
      expect({ step: failed?.step, code: failed?.code, outcome: result.outcome }).toEqual({ step, code, outcome });
      if (field !== undefined) expect(failed?.field).toBe(field);
      expect(`${failed?.remedy?.text} ${failed?.remedy?.command}`).toMatch(remedy);
      expect(result.steps.map((one) => one.step)).toEqual(adlsGen2Connector.manifest.steps.map((one) => one.step));
      const output = JSON.stringify([result, events]);
      for (const secret of Object.values(target.secrets)) {
        expect(output).not.toContain(secret);
        const signature = new URLSearchParams(secret).get('sig');
        if (signature !== null) expect(output).not.toContain(signature);
      }
      expect((await contentsOf(lake, lakeAccount)).filter((name) => name !== 'a-file')).toEqual([]);
    },
    15_000,
  );

  it('in at least twenty ways', () => {
    expect(new Set(cases.map(({ code }) => code)).size).toBeGreaterThanOrEqual(20);
  });

  it('with a case for every code of a failed step but the one that needs a network without a route', () => {
    const failures = Object.entries(findings).filter(
      ([code, { status, steps }]) => status === 'failed' && steps.length > 0 && !(code in identityFindings),
    );
    const tried = new Set(cases.map(({ code }) => code));
    expect(failures.map(([code]) => code).filter((code) => !tried.has(code))).toEqual(['hostUnreachable']);
  });
});

describe('what goes well', () => {
  const codesOf = async (target: RawTarget, options: CheckOptions = {}) => {
    const outbound = createOutbound({ allowedHosts: [lake.url] });
    const { result } = await runCheck(adlsGen2Connector, target, { outbound, ...options });
    return { result, codes: Object.fromEntries(result.steps.map(({ step, code }) => [step, code])) };
  };

  it('accepts an account SAS and says when it ends', async () => {
    const { result, codes } = await codesOf(withSas(accountSas()));
    expect(result.outcome).toBe('passed');
    expect(codes.authenticate).toBe('sasAccepted');
    expect(Date.parse(result.credentialExpiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('accepts a SAS for the container alone', async () => {
    expect((await codesOf(withSas(containerSas()))).result.outcome).toBe('passed');
  });

  it('does not know the end of a SAS with a stored access policy', async () => {
    await containerOf(lake, lakeAccount).setAccessPolicy(undefined, [
      {
        id: 'exports',
        accessPolicy: { permissions: 'racwdl', startsOn: new Date(0), expiresOn: new Date(Date.now() + 86_400_000) },
      },
    ]);
    const { result } = await codesOf(withSas(containerSas({ policy: 'exports' })));
    expect(result.outcome).toBe('passed');
    expect(result.credentialExpiresAt).toBeUndefined();
  });

  it('leaves the kind of account open when a SAS may not ask for it', async () => {
    refusing(403, 'AuthorizationFailure', { path: /comp=properties/ });
    const { result, codes } = await codesOf(withSas(containerSas()));
    expect(codes.account).toBe('accountUnknown');
    expect(result.outcome).toBe('passed');
  });

  it('creates a missing container when that is allowed, and only then', async () => {
    const target = withKey({ container: 'on-demand', baseFolder: 'x/y' });
    const first = await codesOf(target);
    expect(first.result.steps.find(({ step }) => step === 'container')?.offer).toBe('createContainer');
    expect(await containerOf(lake, lakeAccount, 'on-demand').exists()).toBe(false);
    const second = await codesOf(target, { allow: new Set(['createContainer']) });
    expect(second.codes.container).toBe('containerCreated');
    expect(second.result.outcome).toBe('passed');
    expect((await codesOf(target)).codes.container).toBe('containerFound');
  });

  it('does not offer to create what the SAS cannot', async () => {
    const { result } = await codesOf(withSas(accountSas({ resourceTypes: 'o' }), { container: 'missing' }));
    const step = result.steps.find(({ step }) => step === 'container');
    expect(step).toMatchObject({ code: 'containerMissing', status: 'failed' });
    expect(step?.offer).toBeUndefined();
  });

  it('finds an existing folder and leaves it as it is', async () => {
    await containerOf(lake, lakeAccount).getBlockBlobClient('kept/folder/file').upload('x', 1);
    expect((await codesOf(withKey({ baseFolder: 'kept/folder' }))).codes.folder).toBe('folderFound');
    expect((await codesOf(withKey({ baseFolder: 'kept/new/below' }))).codes.folder).toBe('folderCanBeMade');
    const kept = (await contentsOf(lake, lakeAccount)).filter((name) => name.startsWith('kept'));
    expect(kept).toContain('kept/folder/file');
    expect(kept.filter((name) => name.includes('new'))).toEqual([]);
    await containerOf(lake, lakeAccount).deleteBlob('kept/folder/file');
  });

  it('does not try to make a folder with a SAS that cannot, and lets the write step say so', async () => {
    const { result, codes } = await codesOf(withSas(containerSas({ permissions: 'rl' }), { baseFolder: 'new' }));
    expect(codes).toMatchObject({ folder: 'folderNotTried', write: 'writePermissionMissing' });
    expect(failedStep(result)?.message).toContain('write and delete');
  });

  it('works over TLS with a host for each service', async () => {
    const { target, guard } = await tlsHost(testCertificate, 'lake.test');
    const { result } = await runCheck(adlsGen2Connector, target, { outbound: createOutbound(guard) });
    expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('removes the test file even when nobody waits any more', async () => {
    const abort = new AbortController();
    fault({ match: { method: 'GET', path: '.junction-check-' }, fault: { hang: true } });
    const outbound = createOutbound({ allowedHosts: [lake.url] });
    const { result } = await runCheck(adlsGen2Connector, withKey({ baseFolder: 'gone/soon' }), {
      outbound,
      signal: abort.signal,
      onStep: (event) => {
        if ('started' in event && event.started === 'write') setTimeout(() => abort.abort(), 100);
      },
    });
    expect(result.steps.at(-1)).toMatchObject({ step: 'write', status: 'skipped', code: 'cancelled' });
    lake.clearFaults();
    expect((await contentsOf(lake, lakeAccount)).filter((name) => name.startsWith('gone'))).toEqual([]);
  });
});

describe('what the SDK sends', () => {
  it('follows no redirect, not even to an allowed host', async () => {
    const reached: string[] = [];
    const other = await started(
      serveHttp((request, response) => {
        reached.push(request.url ?? '');
        response.end();
      }),
    );
    for (const status of [301, 302, 307, 308]) {
      const location = `${other.url}/${lakeAccount}`;
      const first = await started(
        serveHttp((_request, response) => response.writeHead(status, { location, 'x-ms-request-id': '1' }).end()),
      );
      const outbound = createOutbound({ allowedHosts: [first.url, other.url] });
      const { result } = await runCheck(adlsGen2Connector, withKey({ endpoint: first.url }), { outbound });
      expect(failedStep(result)).toMatchObject({ step: 'connect', code: 'redirected' });
    }
    expect(reached).toEqual([]);
  });

  it('goes only where the guard has looked', async () => {
    const asked: string[] = [];
    const { target, guard } = await tlsHost(testCertificate, 'lake.test');
    const resolve = async (host: string) => {
      asked.push(host);
      return ['127.0.0.1'];
    };
    const { result } = await runCheck(adlsGen2Connector, target, { outbound: createOutbound({ ...guard, resolve }) });
    expect(result.outcome).toBe('passed');
    // Once for the step `endpoint`, and once for each socket.
    expect(asked.filter((host) => host.includes('.dfs.')).length).toBeGreaterThanOrEqual(2);
    expect(asked.filter((host) => host.includes('.blob.')).length).toBeGreaterThanOrEqual(2);
  });

  it('is sent once, however it fails', async () => {
    refusing(503, 'ServerBusy');
    const before = lake.requests().length;
    await runCheck(adlsGen2Connector, withKey(), { outbound: createOutbound({ allowedHosts: [lake.url] }) });
    expect(lake.requests().length - before).toBe(3);
  });
});
