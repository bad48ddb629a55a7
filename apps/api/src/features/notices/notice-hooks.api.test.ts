import { newSigningSecret } from '@junction/connectors/signing';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { type NoticeReceiver, startNoticeReceiver } from '../../testing/notice-receiver.ts';
import { recordNotices } from './index.ts';

let house: TestHouse;
let receiver: NoticeReceiver;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  receiver = await startNoticeReceiver();
  house = await openTestHouse({ env: { JUNCTION_ALLOWED_HOSTS: receiver.url } });
});
afterAll(async () => {
  receiver.close();
  await house.close();
});
beforeEach(async () => {
  receiver.received.length = 0;
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

const secret = newSigningSecret();
const otherSecret = newSigningSecret();
type Body = contract.BodyInput<typeof contract.createNoticeHook>;
const create = (over: Partial<Body> = {}) =>
  place.asAdmin(contract.createNoticeHook, {
    params,
    body: { name: 'Operations', url: `${receiver.url}/hook`, kinds: ['export.failing'], ...over },
  });
const at = (hook: contract.NoticeHook) => ({ params: { ...params, noticeHookId: hook.id }, ifMatch: hook.etag });
const update = (hook: contract.NoticeHook, body: contract.BodyInput<typeof contract.updateNoticeHook>) =>
  place.asAdmin(contract.updateNoticeHook, { ...at(hook), body });
const test = (hook: contract.NoticeHook) => place.asAdmin(contract.testNoticeHook, { params: at(hook).params });
const told = (hook: contract.NoticeHook) =>
  house.db.activity.findMany({ where: { subjectId: hook.id }, orderBy: { id: 'asc' } });
const deliveries = (hook: contract.NoticeHook) => house.db.noticeDelivery.count({ where: { hookId: hook.id } });
const record = () =>
  house.db.$transaction((tx) =>
    recordNotices(tx, [
      {
        ...params,
        kind: 'export.failing',
        at: house.clock.now(),
        subject: { type: 'export', id: newId(), name: 'Nightly' },
        runId: null,
        words: { message: 'It failed.', remedy: null },
      },
    ]),
  );

describe('a notice hook', () => {
  it('is made, listed, changed and deleted, and each is told', async () => {
    const { body: hook, status } = await create({ secret });
    expect(status).toBe(201);
    expect(hook).toMatchObject({
      name: 'Operations',
      url: `${receiver.url}/hook`,
      kinds: ['export.failing'],
      isOn: true,
      isSigned: true,
      lastDelivery: null,
      etag: '"v1"',
    });
    expect((await place.asAdmin(contract.listNoticeHooks, { params })).body.value).toEqual([hook]);
    const changed = await update(hook, { name: 'Night shift', kinds: ['connection.failing'], isOn: false });
    expect(changed.body).toMatchObject({ name: 'Night shift', isOn: false, isSigned: true, etag: '"v2"' });
    expect((await update(hook, { name: 'Late' })).status).toBe(412);
    const same = await update(changed.body, { name: 'Night shift' });
    expect(same.body.etag).toBe('"v2"');
    expect((await place.asAdmin(contract.deleteNoticeHook, at(changed.body))).status).toBe(204);
    expect((await place.asAdmin(contract.deleteNoticeHook, at(changed.body))).status).toBe(404);
    expect((await test(hook)).status).toBe(404);
    expect((await told(hook)).map(({ kind, before, after }) => ({ kind, before, after }))).toEqual([
      {
        kind: 'notice-hook.created',
        before: null,
        after: { name: 'Operations', url: hook.url, kinds: ['export.failing'], isOn: true, isSigned: true },
      },
      {
        kind: 'notice-hook.updated',
        before: { name: 'Operations', kinds: ['export.failing'], isOn: true },
        after: { name: 'Night shift', kinds: ['connection.failing'], isOn: false },
      },
      { kind: 'notice-hook.deleted', before: expect.objectContaining({ name: 'Night shift' }), after: null },
    ]);
  });

  it.each([
    ['no kinds', { kinds: [] }, 'kinds'],
    ['an unknown kind', { kinds: ['export.sleepy'] }, 'kinds.0'],
    ['a path', { url: '/hook' }, 'url'],
    ['another scheme', { url: 'ftp://hooks.example' }, 'url'],
    ['a password in the URL', { url: 'https://me:pass@hooks.example' }, 'url'],
    ['a key in the URL', { url: 'https://hooks.example/?sig=abc' }, 'url'],
    ['a host that the guard refuses', { url: 'https://hooks.example/x' }, 'url'],
    ['a short secret', { secret: `whsec_${Buffer.alloc(8).toString('base64')}` }, 'secret'],
    ['a secret that is no base64', { secret: 'a secret that I have made up myself' }, 'secret'],
    ['no name', { name: ' ' }, 'name'],
  ])('with %s is refused at %s', async (_what, over, field) => {
    const reply = await create(over as Partial<Body>);
    expect(reply).toMatchObject({ status: 400, problem: { code: 'invalidInput', errors: [{ field }] } });
    expect(reply.problem.errors?.[0]?.message).toMatch(/[.)]$|"$/);
    expect(await house.db.noticeHook.count({ where: params })).toBe(0);
  });

  it(`is one of ${contract.maximumNoticeHooks} at most, however many are made at once`, async () => {
    const replies = await Promise.all(Array.from({ length: contract.maximumNoticeHooks + 2 }, () => create()));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: contract.maximumNoticeHooks }, () => 201), 400, 400]);
  });

  it('needs its secret again for another URL, or to go without', async () => {
    const { body: hook } = await create({ secret });
    const url = `${receiver.url}/elsewhere`;
    expect(await update(hook, { url })).toMatchObject({
      status: 422,
      problem: { code: 'secretRequired', errors: [{ field: 'secret' }] },
    });
    const moved = (await update(hook, { url, secret: otherSecret })).body;
    expect(moved).toMatchObject({ url, isSigned: true });
    const unsigned = (await update(moved, { url: hook.url, secret: null })).body;
    expect(unsigned).toMatchObject({ url: hook.url, isSigned: false });
    expect((await update(unsigned, { url })).body).toMatchObject({ url, isSigned: false });
    expect((await told(hook)).map(({ after }) => after)).toMatchObject([
      {},
      { url, secretsChanged: ['secret'] },
      { url: hook.url, secretsChanged: ['secret'] },
      { url },
    ]);
  });

  it('never shows its secret', async () => {
    const { body: hook, text } = await create({ secret });
    const key = secret.slice('whsec_'.length);
    const changed = await update(hook, { secret: otherSecret });
    const shown = [text, changed.text, (await place.asAdmin(contract.listNoticeHooks, { params })).text];
    for (const one of shown) for (const hidden of [key, otherSecret.slice(6)]) expect(one).not.toContain(hidden);
    expect(house.logLines().join()).not.toContain(key);
  });

  it('gets nothing any more that was on its way when it was turned off', async () => {
    const { body: hook } = await create();
    await record();
    expect(await deliveries(hook)).toBe(1);
    const { body: off } = await update(hook, { isOn: false });
    await record();
    expect(await deliveries(off)).toBe(0);
    await update(off, { isOn: true });
    await record();
    expect(await deliveries(off)).toBe(1);
  });

  it('gets what it wants to know and nothing else', async () => {
    const [{ body: wants }, { body: other }] = [await create(), await create({ kinds: ['connection.failing'] })];
    await record();
    expect([await deliveries(wants), await deliveries(other)]).toEqual([1, 0]);
  });

  it('is for admins', async () => {
    for (const client of [place.asContributor, place.asViewer])
      expect((await client(contract.listNoticeHooks, { params })).status).toBe(403);
  });
});

describe('a test of a hook', () => {
  it('says that it is one, and how it went', async () => {
    const { body: hook } = await create({ secret, isOn: false });
    const { body: tested } = await test(hook);
    expect(tested).toMatchObject({ lastDelivery: { isDelivered: true, message: null, remedy: null }, etag: hook.etag });
    const [{ headers, body } = { headers: {}, body: {} as Record<string, unknown> }] = receiver.received;
    expect(body).toMatchObject({
      kind: 'test',
      environment: { id: params.environmentId, name: 'Test environment' },
      subject: null,
      message: expect.stringContaining('test'),
      link: expect.stringContaining(`/e/${params.environmentId}`),
    });
    expect(headers).toMatchObject({ 'junction-event': 'notice', 'webhook-id': body.id });
    expect(await house.db.notice.count({ where: params })).toBe(0);
  });

  it('that is refused says why and what to do', async () => {
    const { body: hook } = await create();
    receiver.answer(404);
    expect((await test(hook)).body.lastDelivery).toMatchObject({
      isDelivered: false,
      message: expect.stringContaining('HTTP 404'),
      remedy: expect.any(String),
    });
    expect((await test(hook)).body.lastDelivery).toMatchObject({ isDelivered: true });
  });

  it('says nothing about the URL that takes the place of this one', async () => {
    const { body: hook } = await create();
    receiver.answer(404);
    const { body: tested } = await test(hook);
    const { body: renamed } = await update(tested, { name: 'Another name' });
    expect(renamed.lastDelivery).toMatchObject({ isDelivered: false });
    expect((await update(renamed, { url: `${receiver.url}/elsewhere` })).body.lastDelivery).toBeNull();
  });

  it('sends no secret to a URL that was changed behind our back', async () => {
    const { body: hook } = await create({ secret });
    await house.db.noticeHook.update({ where: { id: hook.id }, data: { url: `${receiver.url}/evil` } });
    expect((await test(hook)).body.lastDelivery).toMatchObject({
      isDelivered: false,
      message: expect.stringContaining('cannot be opened'),
    });
    expect(receiver.received).toEqual([]);
  });
});
