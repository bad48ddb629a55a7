import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createOutbound } from '../../outbound/outbound.ts';
import { connectSftp } from '../connect.ts';
import { placeOf } from '../place.ts';
import { usualPassword } from '../testing/ssh-server.ts';
import { worlds } from '../testing/world.ts';
import { exclusively } from './exclusively.ts';
import { lockOf } from './own-names.ts';

const world = worlds();
const idle = new AbortController().signal;
const patience = { staleAfterMs: 300, heldForMs: 100, giveUpAfterMs: 2_000 };

const opened = async () => {
  const { server, disk } = await world();
  const settings = { host: '127.0.0.1', port: server.port, userName: 'ada', authentication: 'password' } as const;
  const outbound = createOutbound({ allowedHosts: [`sftp://127.0.0.1:${server.port}`] });
  const session = await connectSftp(outbound, placeOf({ settings, secrets: { password: usualPassword } }), idle);
  return { session, disk };
};

it('lets one at a time do something, and all of them in the end', async () => {
  const { session, disk } = await opened();
  let [now, most] = [0, 0];
  const done = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      exclusively(session, 'a/one.csv', idle, async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        return number;
      }),
    ),
  );
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(1);
  expect(await disk.contents()).toEqual(['a']);
});

it('does not wait for who wants another name', async () => {
  const { session } = await opened();
  const inner = () => exclusively(session, 'a/two.csv', idle, async () => 'done');
  expect(await exclusively(session, 'a/one.csv', idle, inner)).toBe('done');
});

it('takes over a lock that was left behind', async () => {
  const { session, disk } = await opened();
  await mkdir(join(disk.root, lockOf('one.csv')));
  expect(await exclusively(session, 'one.csv', idle, async () => 'done', patience)).toBe('done');
  expect(await disk.contents()).toEqual([]);
});

it('gives the lock back when something goes wrong', async () => {
  const { session, disk } = await opened();
  const failing = exclusively(session, 'one.csv', idle, async () => Promise.reject(new Error('Broken.')));
  await expect(failing).rejects.toThrow('Broken.');
  expect(await disk.contents()).toEqual([]);
});

it('stops whoever takes so long that somebody else may have gone on', async () => {
  const { session } = await opened();
  const slow = exclusively(
    session,
    'one.csv',
    idle,
    async (proceed) => {
      proceed();
      await new Promise((resolve) => setTimeout(resolve, patience.heldForMs * 2));
      proceed();
    },
    patience,
  );
  await expect(slow).rejects.toMatchObject({ code: 'pathBusy' });
});

it('does not wait for ever', async () => {
  const { session, disk } = await opened();
  await mkdir(join(disk.root, lockOf('one.csv')));
  const impatient = { ...patience, staleAfterMs: 60_000, giveUpAfterMs: 50 };
  await expect(exclusively(session, 'one.csv', idle, async () => 'done', impatient)).rejects.toMatchObject({
    code: 'pathBusy',
  });
});

it('does not go on for somebody who has left', async () => {
  const { session, disk } = await opened();
  await mkdir(join(disk.root, lockOf('one.csv')));
  const abort = new AbortController();
  const reason = new Error('Nobody waits.');
  let isDone = false;
  const waiting = exclusively(session, 'one.csv', abort.signal, async () => {
    isDone = true;
  });
  abort.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  expect(isDone).toBe(false);
});
