import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, fakePassword, newConnection } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeCalls } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const create = (body: ReturnType<typeof newConnection>) =>
  contoso.asAdmin(contract.createConnection, { params: { environmentId: contoso.environment.id }, body });

const countAll = async () => ({
  connections: await house.db.connection.count(),
  secrets: await house.db.connectionSecret.count(),
  checks: await house.db.connectionCheck.count(),
  activity: await house.db.activity.count(),
});

describe('setting a connection up', () => {
  it('verifies it, stores it sealed, and tells who did it', async () => {
    const calls = fakeCalls.length;
    const reply = await create(
      newConnection({ name: '  Exports  ', sharing: { sharedWith: 'adminsAndContributors' } }),
    );
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      name: 'Exports',
      type: 'fake',
      settings: { host: 'files.example', outcome: 'passed' },
      sharing: { sharedWith: 'adminsAndContributors', people: [] },
      status: 'healthy',
      isPaused: false,
      usedBy: 0,
      createdBy: { id: contoso.admin.id, name: 'Alex Admin' },
      consent: { by: { id: contoso.admin.id }, textVersion: contract.consentTextVersion },
      etag: '"v1"',
    });
    expect(Object.keys(reply.body.secrets)).toEqual(['password']);
    expect(reply.text).not.toContain(fakePassword);
    expect(fakeCalls.slice(calls)).toEqual([{ host: 'files.example', password: fakePassword }]);

    const { id } = reply.body;
    const secret = await house.db.connectionSecret.findFirstOrThrow({ where: { connectionId: id } });
    expect(Buffer.from(secret.sealed).toString('latin1')).not.toContain(fakePassword);
    expect(await house.db.connectionCheck.findMany({ where: { connectionId: id } })).toMatchObject([
      { trigger: 'setup', outcome: 'passed', byName: 'Alex Admin' },
    ]);
    const [told] = await house.db.activity.findMany({ where: { subjectId: id } });
    expect(told).toMatchObject({
      kind: 'connection.created',
      byId: contoso.admin.id,
      address: '127.0.0.1',
      after: { name: 'Exports', 'settings.host': 'files.example', secretsSet: ['password'], outcome: 'passed' },
    });
    expect(house.logLines().join('')).not.toContain(fakePassword);
  });

  it('plans the next check for about a quarter of an hour later', async () => {
    const { nextCheckAt } = await connect(contoso.asAdmin, contoso.environment.id);
    const minutes = (Date.parse(nextCheckAt ?? '') - house.clock.now().getTime()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(17);
  });

  it('says everything that is wrong at once, and stores nothing', async () => {
    const before = await countAll();
    const reply = await create(
      newConnection({ settings: { folder: 7, colour: 'red' }, secrets: { password: '••••••••', pin: '1234' } }),
    );
    expect(reply.problem).toMatchObject({ status: 400, code: 'invalidInput' });
    expect(reply.problem.errors?.map(({ field, code }) => [field, code]).sort()).toEqual([
      ['secrets.password', 'mask'],
      ['secrets.pin', 'unknown_field'],
      ['settings.colour', 'unknown_field'],
      ['settings.folder', 'invalid_type'],
      ['settings.host', 'invalid_type'],
    ]);
    expect(await countAll()).toEqual(before);
  });

  it.each(['settings', 'secrets'] as const)('refuses __proto__ among the %s', async (where) => {
    const planted = JSON.parse('{"__proto__":"planted"}') as Record<string, string>;
    const reply = await create(newConnection({ [where]: planted }));
    expect(reply.problem).toMatchObject({
      status: 400,
      errors: [{ field: `${where}.__proto__`, code: 'unknown_field' }],
    });
  });

  it('asks for the secrets that the settings need', async () => {
    const reply = await create(newConnection({ secrets: {} }));
    expect(reply.problem).toMatchObject({
      status: 400,
      errors: [{ field: 'secrets.password', code: 'required', message: 'Enter the Password; these settings need it.' }],
    });
  });

  it.each(['••••••', '********', '· · ·'])('does not take the mask %s for a secret', async (password) => {
    const reply = await create(newConnection({ secrets: { password } }));
    expect(reply.problem.errors).toMatchObject([{ field: 'secrets.password', code: 'mask' }]);
  });

  it('names the types there are when the type is unknown', async () => {
    const reply = await create(newConnection({ type: 'fax' }));
    expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'type', code: 'unknown' }] });
    expect(reply.problem.detail).toContain('fake');
  });

  it('refuses without consent', async () => {
    const consent = { accepted: false, textVersion: contract.consentTextVersion } as unknown as { accepted: true };
    const reply = await create({ ...newConnection(), consent: { ...newConnection().consent, ...consent } });
    expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'consent.accepted' }] });
  });

  it('refuses a connection that fails its check, on the field to correct, and stores nothing', async () => {
    const before = await countAll();
    const reply = await create(newConnection({ settings: { host: 'files.example', outcome: 'actionRequired' } }));
    expect(reply.problem).toMatchObject({
      status: 422,
      code: 'checkFailed',
      detail: 'The password was rejected. Enter the right password.',
      errors: [{ field: 'secrets.password', code: 'keyRejected', message: 'The password was rejected.' }],
      check: { outcome: 'actionRequired', steps: [{ step: 'endpoint' }, { step: 'authenticate', status: 'failed' }] },
    });
    expect(await countAll()).toEqual(before);
  });

  it.each(['actionRequired', 'failing'] as const)('saves one that is %s when asked to save anyway', async (outcome) => {
    const connection = await connect(contoso.asAdmin, contoso.environment.id, {
      settings: { host: 'files.example', outcome },
      saveAnyway: true,
    });
    expect(connection).toMatchObject({
      status: outcome,
      statusReason: {
        step: 'authenticate',
        code: 'keyRejected',
        message: 'The password was rejected.',
        remedy: 'Enter the right password.',
      },
    });
  });
});

describe('an environment that is deleted while a connection is verified', () => {
  it('is not found any more', async () => {
    const { environment, asAdmin } = await makeEnvironment(house, 'Short-lived');
    const { inTurn } = house.checkLimits;
    house.checkLimits.inTurn = async (signal, work) => {
      await house.db.environment.delete({ where: { id: environment.id } });
      return inTurn(signal, work);
    };
    const params = { environmentId: environment.id };
    const reply = await asAdmin(contract.createConnection, { params, body: newConnection() });
    house.checkLimits.inTurn = inTurn;
    expect(reply.problem).toMatchObject({ status: 404, code: 'notFound' });
    expect(await house.db.connection.count({ where: params })).toBe(0);
  });
});

describe('the name of a connection', () => {
  it('is taken whatever the case, but free in another environment', async () => {
    await connect(contoso.asAdmin, contoso.environment.id, { name: 'Nightly' });
    const calls = fakeCalls.length;
    const reply = await create(newConnection({ name: 'NIGHTLY' }));
    expect(reply.problem).toMatchObject({
      status: 409,
      code: 'nameTaken',
      errors: [{ field: 'name', code: 'nameTaken' }],
    });
    expect(fakeCalls.length).toBe(calls);
    const fabrikam = await makeEnvironment(house, 'Fabrikam');
    expect((await connect(fabrikam.asAdmin, fabrikam.environment.id, { name: 'Nightly' })).name).toBe('Nightly');
  });

  it('goes to one of several who want it at the same time', async () => {
    const replies = await Promise.all(Array.from({ length: 4 }, () => create(newConnection({ name: 'Wanted' }))));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const lost = replies.find(({ status }) => status === 409);
    expect(lost?.problem).toMatchObject({ code: 'nameTaken', errors: [{ field: 'name' }] });
    expect(await house.db.connection.count({ where: { name: 'Wanted' } })).toBe(1);
  });
});
