import * as contract from '@junction/contracts';
import { mostUnreadCounted } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { type NewNotice, recordNotices, sweepNotices } from './index.ts';

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

const aboutExport = (name: string, over: Partial<NewNotice> = {}): NewNotice => ({
  kind: 'export.failing',
  environmentId: params.environmentId,
  at: house.clock.now(),
  subject: { type: 'export', id: newId(), name },
  runId: newId(),
  words: { message: 'lake.example was not there.', remedy: 'Start lake.example.' },
  toldWords: { message: 'It was not there.', remedy: 'Ask an admin.' },
  ...over,
});
const aboutConnection = (name: string): NewNotice => ({
  ...aboutExport(name),
  kind: 'connection.failing',
  subject: { type: 'connection', id: newId(), name },
  runId: null,
  toldWords: undefined,
});
const record = (...notices: NewNotice[]) => house.db.$transaction((tx) => recordNotices(tx, notices));
const list = async (client: TestClient, query = {}) => (await client(contract.listNotices, { params, query })).body;
const names = async (client: TestClient) => (await list(client)).value.map(({ subject }) => subject.name);
const read = (client: TestClient, upTo: string) => client(contract.readNotices, { params, body: { upTo } });

describe('the notices', () => {
  it('are told newest first: of exports to everybody, of connections to admins', async () => {
    await record(aboutExport('first'), aboutConnection('second'), aboutExport('third'));
    expect(await names(place.asAdmin)).toEqual(['third', 'second', 'first']);
    for (const client of [place.asContributor, place.asViewer]) expect(await names(client)).toEqual(['third', 'first']);
    expect((await list(place.asAdmin)).unread).toBe(3);
    expect((await list(place.asViewer)).unread).toBe(2);
  });

  it('name places to admins only', async () => {
    await record(aboutExport('hidden'));
    expect((await list(place.asAdmin)).value[0]).toMatchObject({
      kind: 'export.failing',
      subject: { type: 'export', name: 'hidden' },
      message: 'lake.example was not there.',
      remedy: 'Start lake.example.',
      isRead: false,
    });
    for (const client of [place.asContributor, place.asViewer]) {
      const reply = await client(contract.listNotices, { params });
      expect(reply.body.value[0]).toMatchObject({ message: 'It was not there.', remedy: 'Ask an admin.' });
      expect(reply.text).not.toContain('lake.example');
    }
  });

  it('are no news to whoever came after them', async () => {
    await record({ ...aboutExport('earlier'), at: new Date(house.clock.now().getTime() - 3_600_000) });
    await record(aboutExport('later'));
    const { value, unread } = await list(place.asViewer);
    expect(value.map(({ subject, isRead }) => [subject.name, isRead])).toEqual([
      ['later', false],
      ['earlier', true],
    ]);
    expect(unread).toBe(1);
  });

  it('come page by page', async () => {
    await record(...Array.from({ length: 7 }, (_, index) => aboutExport(`notice ${index}`)));
    const first = await list(place.asViewer, { maxpagesize: 3 });
    expect(first).toMatchObject({ unread: 7, nextLink: expect.any(String) });
    const seen: string[] = [];
    let page = first;
    for (;;) {
      seen.push(...page.value.map(({ subject }) => subject.name));
      if (page.nextLink === undefined) break;
      const skiptoken = new URL(page.nextLink, house.baseUrl).searchParams.get('skiptoken') ?? '';
      page = await list(place.asViewer, { maxpagesize: 3, skiptoken });
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `notice ${index}`));
  });

  it('of another environment are not told', async () => {
    const other = await makeEnvironment(house, 'Another');
    await record(aboutExport('elsewhere', { environmentId: other.environment.id }));
    expect(await list(place.asAdmin)).toMatchObject({ value: [], unread: 0 });
  });

  it(`that are unread are counted up to ${mostUnreadCounted}`, async () => {
    await record(...Array.from({ length: mostUnreadCounted + 20 }, (_, index) => aboutExport(`notice ${index}`)));
    expect((await list(place.asViewer, { maxpagesize: 1 })).unread).toBe(mostUnreadCounted);
  });

  it('stay readable when what they are about is gone, and go after their time', async () => {
    const days = (count: number) => new Date(house.clock.now().getTime() - count * 86_400_000);
    await record(
      ...Array.from({ length: 501 }, () => aboutExport('old', { at: days(contract.noticeDays + 1) })),
      aboutExport('young', { at: days(contract.noticeDays - 1) }),
    );
    await sweepNotices(house, new AbortController().signal);
    expect(await names(place.asViewer)).toEqual(['young']);
    expect(await house.db.notice.count({ where: { subjectName: 'old' } })).toBe(0);
  });
});

describe('what somebody has seen', () => {
  it('is remembered for them alone, and does not go back', async () => {
    await record(aboutExport('first'), aboutExport('second'), aboutExport('third'));
    const [third, second, first] = (await list(place.asViewer)).value;
    expect((await read(place.asViewer, second?.id ?? '')).status).toBe(204);
    expect((await read(place.asViewer, first?.id ?? '')).status).toBe(204);
    const seen = await list(place.asViewer);
    expect(seen.value.map(({ isRead }) => isRead)).toEqual([false, true, true]);
    expect(seen.unread).toBe(1);
    expect((await list(place.asContributor)).unread).toBe(3);
    await read(place.asViewer, third?.id ?? '');
    expect((await list(place.asViewer)).unread).toBe(0);
    await record(aboutExport('fourth'));
    expect((await list(place.asViewer)).value.map(({ isRead }) => isRead)).toEqual([false, true, true, true]);
  });

  it('cannot reach up to a notice that there is not, or not for them', async () => {
    const other = await makeEnvironment(house, 'Another');
    await record(aboutExport('elsewhere', { environmentId: other.environment.id }), aboutConnection('hidden'));
    const elsewhere = await house.db.notice.findFirstOrThrow({ where: { subjectName: 'elsewhere' } });
    const hidden = await house.db.notice.findFirstOrThrow({
      where: { subjectName: 'hidden', environmentId: params.environmentId },
    });
    for (const id of [newId(), elsewhere.id, hidden.id])
      expect(await read(place.asViewer, id)).toMatchObject({ status: 404, problem: { code: 'notFound' } });
    expect((await read(place.asAdmin, hidden.id)).status).toBe(204);
    expect(await place.asViewer(contract.readNotices, { params, body: { upTo: 'x' } })).toMatchObject({ status: 400 });
  });
});
