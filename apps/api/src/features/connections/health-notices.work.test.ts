import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, makeConnection } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { quietMinutes, tellHealth } from './health-notices.ts';
import { probeDue } from './probe.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

const settingsOf = (outcome: string) => ({ host: 'files.example', outcome });
/** Lets the next probe of a connection come to this, as if the other side had changed. */
const probe = async (id: string, outcome: string) => {
  house.passSeconds(1);
  await house.db.connection.update({
    where: { id },
    data: { settings: settingsOf(outcome), nextCheckAt: house.clock.now() },
  });
  await probeDue(house, new AbortController().signal);
};
const told = async (id: string) =>
  (await place.asAdmin(contract.listNotices, { params })).body.value
    .filter(({ subject }) => subject.id === id)
    .reverse();
const kinds = async (id: string) => (await told(id)).map(({ kind }) => kind.replace('connection.', ''));

describe('the notices of a connection', () => {
  it('tell when it fails and when it recovers, and nothing while it stays so', async () => {
    const { id, name } = await makeConnection(house, params.environmentId);
    for (const outcome of ['passed', 'actionRequired', 'actionRequired', 'failing', 'passed', 'passed'])
      await probe(id, outcome);
    const [failing, recovered, ...more] = await told(id);
    expect(more).toEqual([]);
    expect(failing).toMatchObject({
      kind: 'connection.failing',
      subject: { type: 'connection', id, name },
      message: 'The password was rejected.',
      remedy: 'Enter the right password.',
      runId: null,
    });
    expect(recovered).toMatchObject({ kind: 'connection.recovered', remedy: null });
  });

  it('are few of one that goes up and down, and tell of a failure that lasts', async () => {
    const { id } = await makeConnection(house, params.environmentId);
    for (let time = 0; time < 5; time += 1) for (const outcome of ['failing', 'passed']) await probe(id, outcome);
    await probe(id, 'failing');
    expect(await kinds(id)).toEqual(['failing', 'recovered']);
    house.passSeconds(quietMinutes * 60);
    await probe(id, 'failing');
    expect(await kinds(id)).toEqual(['failing', 'recovered', 'failing']);
  });

  it('come from checks by hand and from edits too', async () => {
    const { id, etag } = await connect(place.asAdmin, params.environmentId, {
      settings: settingsOf('actionRequired'),
      saveAnyway: true,
    });
    const at = { params: { ...params, connectionId: id } };
    expect(await kinds(id)).toEqual(['failing']);
    const settings = settingsOf('passed');
    await place.asAdmin(contract.updateConnection, { ...at, body: { settings }, ifMatch: etag });
    expect(await kinds(id)).toEqual(['failing', 'recovered']);
    house.passSeconds(quietMinutes * 60);
    await house.db.connection.update({ where: { id }, data: { settings: settingsOf('failing') } });
    await place.asAdmin(contract.checkConnection, { ...at, body: {} });
    expect(await kinds(id)).toEqual(['failing', 'recovered', 'failing']);
  });

  it('tell nothing of one that is paused', async () => {
    const { id } = await makeConnection(house, params.environmentId, {
      isPaused: true,
      settings: settingsOf('actionRequired'),
    });
    await place.asAdmin(contract.checkConnection, { params: { ...params, connectionId: id }, body: {} });
    expect(await kinds(id)).toEqual([]);
  });

  it('tell once that a credential ends soon, and again of the next one', async () => {
    const row = await makeConnection(house, params.environmentId);
    const inDays = (days: number) => new Date(house.clock.now().getTime() + days * 86_400_000);
    const check = (credentialExpiresAt: Date | null) =>
      house.db.$transaction((tx) =>
        tellHealth(
          tx,
          row,
          {
            lastOutcome: 'passed',
            lastReason: undefined,
            lastCheckedAt: house.clock.now(),
            credentialExpiresAt,
            failuresInRow: 0,
            nextCheckAt: null,
          },
          house.clock.now(),
        ),
      );
    const soon = inDays(contract.credentialWarningDays - 1);
    for (const expiresAt of [null, inDays(contract.credentialWarningDays + 1), inDays(-1), soon, soon])
      await check(expiresAt);
    expect(await told(row.id)).toMatchObject([
      {
        kind: 'connection.secret-expires',
        message: `Its credential ends on ${soon.toISOString().slice(0, 10)}.`,
        remedy: expect.any(String),
      },
    ]);
    await check(inDays(2));
    expect(await kinds(row.id)).toEqual(['secret-expires', 'secret-expires']);
  });

  it('stay readable when it is removed', async () => {
    const { id } = await makeConnection(house, params.environmentId);
    await probe(id, 'actionRequired');
    const at = { params: { ...params, connectionId: id } };
    const { body: usage } = await place.asAdmin(contract.getConnectionUsage, at);
    await place.asAdmin(contract.deleteConnection, { ...at, query: { usage: usage.etag }, ifMatch: '*' });
    expect(await kinds(id)).toEqual(['failing']);
  });
});
