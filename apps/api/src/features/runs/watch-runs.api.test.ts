import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import * as contract from '@junction/contracts';
import { apiRoot, type Run, type RunNews } from '@junction/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, cancel, fakeRunSteps, permanent, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { watchersPerPerson } from './run-watch.ts';

let house: TestHouse;
let isStopping = false;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps(), isStopping: () => isStopping });
  place = await makeEnvironment(house);
});
const open: IncomingMessage[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.destroy();
});
afterAll(() => house.close());

const soon = { timeout: 20_000, interval: 50 };

type Stream = { response: IncomingMessage; text(): string; news(): RunNews[]; isOver(): boolean };

/** Follows the live runs of the environment as a browser would. */
const follow = async (
  client: TestClient,
  accept = 'text/event-stream',
  environmentId = place.environment.id,
): Promise<Stream> => {
  const path = `${apiRoot}/environments/${environmentId}/live-runs`;
  const sent = request(`${house.baseUrl}${path}`, { headers: { cookie: client.cookie ?? '', accept }, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  open.push(response);
  let [text, isOver] = ['', false];
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('close', () => {
    isOver = true;
  });
  const prefix = accept === 'text/event-stream' ? 'data: ' : '';
  const news = () =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${prefix}{`))
      .map((line) => contract.RunNews.parse(JSON.parse(line.slice(prefix.length))));
  return { response, text: () => text, news, isOver: () => isOver };
};

const lastOf = (stream: Stream, runId: string): Run | undefined =>
  stream
    .news()
    .flatMap(({ runs }) => runs)
    .findLast(({ id }) => id === runId);

describe('following runs', () => {
  it('begins with the live ones and tells what changes, until they end', async () => {
    const { runId } = await askForRun(house, place.environment.id);
    const stream = await follow(place.asViewer);
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    await expect.poll(() => stream.news().length, soon).toBeGreaterThan(0);
    expect(stream.news()[0]?.runs.map(({ id, state }) => [id, state])).toEqual([[runId, 'queued']]);
    await workOff(house);
    await expect.poll(() => lastOf(stream, runId)?.state, soon).toBe('successful');
    const young = await askForRun(house, place.environment.id);
    await expect.poll(() => lastOf(stream, young.runId)?.state, soon).toBe('queued');
    await cancel(house, young.runId);
    await expect.poll(() => lastOf(stream, young.runId)?.state, soon).toBe('canceled');
  });

  it('begins at once, though there is nothing', async () => {
    const stream = await follow(place.asViewer);
    await expect.poll(() => stream.news()[0], soon).toEqual({ event: 'runs', runs: [] });
  });

  it('comes as lines of JSON to who asks for those', async () => {
    const stream = await follow(place.asViewer, 'application/x-ndjson');
    expect(stream.response.headers['content-type']).toBe('application/x-ndjson');
    const { runId } = await askForRun(house, place.environment.id);
    await expect.poll(() => lastOf(stream, runId)?.state, soon).toBe('queued');
    await cancel(house, runId);
  });

  it('tells each run once as long as nothing changes', async () => {
    const { runId } = await askForRun(house, place.environment.id);
    const stream = await follow(place.asViewer);
    await expect.poll(() => lastOf(stream, runId)?.state, soon).toBe('queued');
    const young = await askForRun(house, place.environment.id);
    await expect.poll(() => lastOf(stream, young.runId)?.state, soon).toBe('queued');
    const before = stream.news().length;
    const last = await askForRun(house, place.environment.id);
    await expect.poll(() => lastOf(stream, last.runId)?.state, soon).toBe('queued');
    const after = stream.news().slice(before);
    expect(after.flatMap(({ runs }) => runs).map(({ id }) => id)).toEqual([last.runId]);
    for (const run of [runId, young.runId, last.runId]) await cancel(house, run);
  });

  it('misses no end that becomes visible late, because its transaction took so long', async () => {
    const { runId } = await askForRun(house, place.environment.id);
    const stream = await follow(place.asViewer);
    await expect.poll(() => lastOf(stream, runId)?.state, soon).toBe('queued');
    await house.db.$executeRaw`
      UPDATE "Run" SET "state" = 'failed', "phase" = 'over', "finishedAt" = now() - interval '1 hour',
             "changedAt" = now() - interval '1 hour' WHERE "id" = ${runId}::uuid`;
    await expect.poll(() => lastOf(stream, runId)?.state, soon).toBe('failed');
  });

  it('tells each as much as they may see', async () => {
    const { runId } = await askForRun(house, place.environment.id);
    const [admin, viewer] = [await follow(place.asAdmin), await follow(place.asViewer)];
    await workOff({ ...house, runSteps: fakeRunSteps({ prepare: () => Promise.reject(permanent()) }) });
    await expect.poll(() => lastOf(admin, runId)?.problem?.message, soon).toBe('The key was rejected.');
    await expect.poll(() => lastOf(viewer, runId)?.problem?.code, soon).toBe('keyRejected');
    expect(viewer.text()).not.toContain('The key was rejected.');
  });

  it('is refused to who is signed out, from elsewhere, or follows in too many pages', async () => {
    const other = await makeEnvironment(house, 'Another');
    expect((await follow(other.asAdmin)).response.statusCode).toBe(404);
    const [nobody, first] = [Object.assign((async () => {}) as unknown as TestClient, { cookie: '' }), 'data: '];
    expect((await follow(nobody)).response.statusCode).toBe(401);
    const streams = await Promise.all(Array.from({ length: watchersPerPerson }, () => follow(place.asContributor)));
    for (const stream of streams) await expect.poll(() => stream.text(), soon).toContain(first);
    const { response } = await follow(place.asContributor);
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '60']);
    streams[0]?.response.destroy();
    await expect.poll(async () => (await follow(place.asContributor)).response.statusCode, soon).toBe(200);
  });

  it('ends with the session and with the role, and is no use of a session', async () => {
    const own = await makeEnvironment(house, 'Own');
    const there = { environmentId: own.environment.id };
    const [leaver, demoted, stayer] = await Promise.all(
      [own.asContributor, own.asAdmin, own.asViewer].map((client) =>
        follow(client, 'text/event-stream', there.environmentId),
      ),
    );
    for (const stream of [leaver, demoted, stayer]) await expect.poll(() => stream?.news().length, soon).toBe(1);
    await own.asContributor(contract.deleteSession);
    await house.db.member.updateMany({ where: { ...there, personId: own.admin.id }, data: { role: 'viewer' } });
    house.passSeconds(600);
    for (const stream of [leaver, demoted])
      await expect.poll(() => stream?.isOver(), { ...soon, timeout: 40_000 }).toBe(true);
    await expect.poll(() => stayer?.text(), { ...soon, timeout: 40_000 }).toContain('\n:\n\n');
    expect(stayer?.isOver()).toBe(false);
    const { lastSeenAt } = await house.db.session.findFirstOrThrow({ where: { personId: own.viewer.id } });
    expect(house.clock.now().getTime() - lastSeenAt.getTime()).toBeGreaterThan(500_000);
  });

  it('ends when Junction stops', async () => {
    const stream = await follow(place.asViewer);
    await expect.poll(() => stream.news().length, soon).toBeGreaterThan(0);
    isStopping = true;
    await expect.poll(() => stream.isOver(), soon).toBe(true);
    isStopping = false;
    expect(stream.response.complete).toBe(true);
  });
});
