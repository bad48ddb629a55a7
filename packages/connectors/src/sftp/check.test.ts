import { describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { failedStep, runCheck } from '../testing/run-check.ts';
import { serveHttp, serveTcp } from '../testing/servers.ts';
import { sftpConnector } from './connector.ts';
import { newKeyPair } from './testing/keys.ts';
import { type ServerBehaviour, usualFingerprint, usualPassword } from './testing/ssh-server.ts';
import { worlds } from './testing/world.ts';

const world = worlds();
const key = newKeyPair();
const passphrase = 'open sesame';
const lockedKey = newKeyPair('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 });
const withKey = { authentication: 'privateKey' };
const otherFingerprint = newKeyPair().fingerprint;

describe('the host key', () => {
  it('is learned from a host that is not known yet', async () => {
    const { check } = await world();
    const { result } = await check();
    expect(result).toMatchObject({ outcome: 'passed', learned: { hostKeyFingerprint: usualFingerprint } });
    const step = result.steps.find((one) => one.step === 'hostKey');
    expect(step).toMatchObject({ code: 'hostKeyLearned', message: expect.stringContaining(usualFingerprint) });
  });

  it('is compared where it is known, and then there is nothing to learn', async () => {
    const { check } = await world();
    const { result } = await check({ hostKeyFingerprint: usualFingerprint });
    expect(result.steps.find(({ step }) => step === 'hostKey')?.code).toBe('hostKeyKnown');
    expect(result).not.toHaveProperty('learned');
  });

  it('keeps a host with another one from getting anything', async () => {
    const { finding, server } = await world();
    const found = await finding({ hostKeyFingerprint: otherFingerprint });
    expect(found).toMatchObject({
      step: 'hostKey',
      code: 'hostKeyChanged',
      field: 'settings.hostKeyFingerprint',
      outcome: 'actionRequired',
      remedy: expect.stringMatching(/in between.*clear the fingerprint/),
    });
    expect(found.message).toContain(usualFingerprint);
    expect(found.message).toContain(otherFingerprint);
    expect([server.attempts, server.passwords]).toEqual([[], []]);
  });

  it('is learned although signing in fails, for a check that does not pass', async () => {
    const { check } = await world();
    const { result } = await check({}, { password: 'wrong' });
    expect(result).toMatchObject({ outcome: 'actionRequired', learned: { hostKeyFingerprint: usualFingerprint } });
  });

  it.each(['rsa', 'ecdsa'] as const)('may be of type %s', async (type) => {
    const host = newKeyPair(type);
    const { check } = await world({ hostKey: host.privateKey });
    const { result } = await check({ hostKeyFingerprint: host.fingerprint });
    expect(result.outcome).toBe('passed');
  });
});

describe('signing in', () => {
  const attempt = async (
    behaviour: ServerBehaviour,
    settings: Record<string, unknown> = {},
    secrets: Record<string, string> = { password: usualPassword },
  ) => {
    const { finding, server } = await world(behaviour);
    const { step, code, field, outcome } = await finding(settings, secrets);
    return { found: [step, code, field, outcome], attempts: server.attempts, passwords: server.passwords };
  };
  const passes = [undefined, undefined, undefined, 'passed'];

  it('sends a wrong password once', async () => {
    const { found, passwords } = await attempt({}, {}, { password: 'wrong' });
    expect(found).toEqual(['authenticate', 'passwordWrong', 'secrets.password', 'actionRequired']);
    expect(passwords).toEqual(['wrong']);
  });

  it('does so as well for a user that is not there', async () => {
    expect((await attempt({}, { userName: 'bob' })).found[1]).toBe('passwordWrong');
  });

  it('sends no password to a host that takes none', async () => {
    const { found, passwords } = await attempt({ methods: ['publickey'] });
    expect(found).toEqual(['authenticate', 'methodRefused', 'settings.authentication', 'actionRequired']);
    expect(passwords).toEqual([]);
  });

  it('takes a key, also one that is encrypted', async () => {
    expect((await attempt({ publicKey: key.publicKey }, withKey, { privateKey: key.privateKey })).found).toEqual(
      passes,
    );
    const secrets = { privateKey: lockedKey.privateKey, passphrase };
    expect((await attempt({ publicKey: lockedKey.publicKey }, withKey, secrets)).found).toEqual(passes);
  });

  it.each([
    ['is not known there', { privateKey: newKeyPair().privateKey }, 'keyRefused', 'secrets.privateKey'],
    ['has no passphrase', { privateKey: lockedKey.privateKey }, 'passphraseMissing', 'secrets.passphrase'],
    ['has another one', { privateKey: lockedKey.privateKey, passphrase: 'x' }, 'passphraseWrong', 'secrets.passphrase'],
    [
      'is cut short',
      { privateKey: key.privateKey.split('\n').toSpliced(1, 1).join('\n') },
      'keyUnreadable',
      'secrets.privateKey',
    ],
    ['is not set', {}, 'credentialMissing', 'secrets.privateKey'],
  ])('says when the key %s', async (_what, secrets, code, field) => {
    const { found } = await attempt({ publicKey: key.publicKey }, withKey, secrets as Record<string, string>);
    expect(found).toEqual(['authenticate', code, field, 'actionRequired']);
  });

  it('says when a host takes no keys', async () => {
    const secrets = { privateKey: key.privateKey };
    expect((await attempt({ methods: ['password'] }, withKey, secrets)).found[1]).toBe('methodRefused');
    expect((await attempt({ methods: ['keyboard-interactive'] }, withKey, secrets)).found[1]).toBe('interactiveOnly');
  });

  it('answers the one question for the password', async () => {
    const behaviour: ServerBehaviour = {
      methods: ['keyboard-interactive'],
      prompts: [{ prompt: 'Password: ', echo: false }],
    };
    expect((await attempt(behaviour)).found).toEqual(passes);
    expect((await attempt(behaviour, {}, { password: 'wrong' })).found[1]).toBe('passwordWrong');
  });

  it.each([
    [
      'two',
      [
        { prompt: 'Password: ', echo: false },
        { prompt: 'Code: ', echo: false },
      ],
    ],
    ['one that is shown', [{ prompt: 'Favourite colour: ', echo: true }]],
  ])('answers no other questions: %s', async (_what, prompts) => {
    const { found, passwords } = await attempt({ methods: ['keyboard-interactive'], prompts });
    expect(found).toEqual(['authenticate', 'interactiveOnly', 'settings.userName', 'actionRequired']);
    expect(passwords).toEqual([]);
  });

  it('says when a second factor is wanted', async () => {
    expect((await attempt({ wantsMore: true })).found[1]).toBe('secondFactorWanted');
  });

  it('says when the host ends the connection instead of an answer', async () => {
    const noMoreMethods = 14;
    const { found } = await attempt({ disconnects: noMoreMethods }, {}, { password: 'wrong' });
    expect(found.slice(0, 2)).toEqual(['authenticate', 'signInEnded']);
  });
});

describe('what is no SSH server', () => {
  const findingAt = async (port: number) => {
    const settings = { host: '127.0.0.1', port, userName: 'ada', authentication: 'password' };
    const outbound = createOutbound({ allowedHosts: [`sftp://127.0.0.1:${port}`] });
    const { result } = await runCheck(sftpConnector, { settings, secrets: { password: usualPassword } }, { outbound });
    const { step, code, field } = failedStep(result) ?? {};
    return [step, code, field, result.outcome];
  };

  it('is told apart when it answers in another language', async () => {
    const web = await serveHttp((_request, response) => response.end('hello'));
    expect(await findingAt(web.port)).toEqual(['connect', 'notSsh', 'settings.port', 'actionRequired']);
    await web.close();
  });

  it('is told apart when it greets and waits, as mail servers do', async () => {
    const mail = await serveTcp((socket) => socket.write('220 mail.contoso.com ESMTP\r\n'));
    expect(await findingAt(mail.port)).toEqual(['connect', 'notSsh', 'settings.port', 'actionRequired']);
    await mail.close();
  });

  it('may be an SSH server that has banned Junction when it says nothing', async () => {
    const shut = await serveTcp((socket) => socket.end());
    expect(await findingAt(shut.port)).toEqual(['connect', 'closedEarly', undefined, 'failing']);
    await shut.close();
  });

  it('breaks the rules after its greeting', async () => {
    const liar = await serveTcp((socket) =>
      socket.on('error', () => undefined).write(`SSH-2.0-Liar\r\n${'x'.repeat(100)}`),
    );
    expect((await findingAt(liar.port)).slice(0, 2)).toEqual(['connect', 'protocolBroken']);
    await liar.close();
  });

  it('is too old to have an algorithm in common', async () => {
    const { finding } = await world({ algorithms: { kex: ['diffie-hellman-group1-sha1'] } });
    expect(await finding()).toMatchObject({ step: 'connect', code: 'noCommonAlgorithm', outcome: 'actionRequired' });
  });
});

describe('the folder', () => {
  it.each(['missing', 'garbled'] as const)('cannot be opened where SFTP is %s', async (sftp) => {
    const { finding } = await world({ sftp });
    const code = { missing: 'sftpMissing', garbled: 'sftpGarbled' }[sftp];
    expect(await finding()).toMatchObject({ step: 'folder', code, outcome: 'actionRequired' });
  });

  it('may begin where the user starts, or at the top', async () => {
    const { check, disk } = await world({ loginFolder: '/home/ada' });
    await disk.put({ 'home/ada/exports/a.csv': 'a', 'srv/a.csv': 'a' });
    for (const folder of ['', 'exports', '/srv', '/']) {
      const { result } = await check({ folder });
      expect(result.steps.find(({ step }) => step === 'folder')?.code).toBe('folderFound');
      expect(result.outcome).toBe('passed');
    }
  });

  it('is made to try it, and taken away again', async () => {
    const { check, disk } = await world();
    await disk.put({ 'a/one.csv': 'one' });
    const before = await disk.contents();
    const { result } = await check({ folder: '/a/b/c' });
    expect(result.steps.find(({ step }) => step === 'folder')?.code).toBe('folderCanBeMade');
    expect(await disk.contents()).toEqual(before);
  });

  it('says when a file is in its place, or above it', async () => {
    const { finding, disk } = await world();
    await disk.put({ 'a/one.csv': 'one' });
    for (const folder of ['/a/one.csv', '/a/one.csv/b', '/a/one.csv/b/c']) {
      expect(await finding({ folder })).toMatchObject({
        step: 'folder',
        code: 'folderIsFile',
        field: 'settings.folder',
        message: expect.stringContaining('/a/one.csv is a file'),
      });
    }
  });

  it.each([3, 4])('says when it is missing and cannot be made (status %d)', async (status) => {
    const { finding } = await world({ faultAt: (request) => (request === 'MKDIR' ? { status } : undefined) });
    expect(await finding({ folder: '/exports' })).toMatchObject({
      step: 'folder',
      code: 'folderMissing',
      field: 'settings.folder',
      command: 'sudo install -d -o ada /exports',
    });
  });

  it('quotes what it puts into a command', async () => {
    const { finding } = await world({ faultAt: (request) => (request === 'MKDIR' ? { status: 3 } : undefined) });
    const { command } = await finding({ folder: "/it's; rm" });
    expect(command).toBe("sudo install -d -o ada '/it'\\''s; rm'");
  });

  it('says when the user may not look at it', async () => {
    const { finding } = await world({ faultAt: (request) => (request === 'STAT' ? { status: 3 } : undefined) });
    expect(await finding({ folder: '/secret' })).toMatchObject({
      step: 'folder',
      code: 'permissionDenied',
      message: expect.stringContaining('look at /secret'),
    });
  });
});

describe('the test file', () => {
  const isProbe = (path: string) => path.includes('.junction-check-');

  it.each([
    ['OPEN', 'write'],
    ['WRITE', 'write'],
    ['READ', 'read'],
    ['RENAME', 'rename'],
    ['REMOVE', 'remove'],
  ])('says that %s is denied', async (request, deed) => {
    const { finding } = await world({
      faultAt: (asked, path) => (asked === request && isProbe(path) ? { status: 3 } : undefined),
    });
    expect(await finding()).toMatchObject({
      step: 'write',
      code: 'permissionDenied',
      field: 'settings.folder',
      outcome: 'actionRequired',
      message: expect.stringContaining(` ${deed} `),
    });
  });

  it.each([
    { status: 4, message: 'No space left on device' },
    { status: 4, message: 'Disk quota exceeded' },
  ])('says that there is no room (%o)', async (fault) => {
    const { finding } = await world({ faultAt: (request) => (request === 'WRITE' ? fault : undefined) });
    expect(await finding()).toMatchObject({ step: 'write', code: 'diskFull', outcome: 'actionRequired' });
  });

  it('says that the server has given no reason, in words of its own', async () => {
    const { finding } = await world({
      faultAt: (request) => (request === 'WRITE' ? { status: 4, message: 'the password is hunter2' } : undefined),
    });
    const found = await finding();
    expect(found).toMatchObject({ step: 'write', code: 'operationFailed' });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('says that the server does not know how to rename', async () => {
    const { finding } = await world({ faultAt: (request) => (request === 'RENAME' ? { status: 8 } : undefined) });
    expect(await finding()).toMatchObject({ step: 'write', code: 'operationUnsupported' });
  });

  it('says that something has changed it', async () => {
    const { finding } = await world({ masks: (data) => Buffer.alloc(data.length, 'x') });
    expect(await finding()).toMatchObject({ step: 'write', code: 'readBackDiffers' });
  });

  it('is taken away whatever goes wrong', async () => {
    for (const request of ['WRITE', 'READ', 'RENAME']) {
      const { check, disk } = await world({ faultAt: (asked) => (asked === request ? { status: 4 } : undefined) });
      await check({ folder: '/a/b' });
      expect(await disk.contents()).toEqual([]);
    }
  });

  it('is taken away when the step is cut off', async () => {
    const { check, disk } = await world({ faultAt: (request) => (request === 'READ' ? 'hang' : undefined) });
    const { result } = await check({ folder: '/a/b' });
    expect(failedStep(result)).toMatchObject({ step: 'write', code: 'timedOut' });
    expect(result.outcome).toBe('failing');
    expect(await disk.contents()).toEqual([]);
  });
});

describe('a connection that is lost', () => {
  it.each([
    ['STAT', 'folder'],
    ['OPEN', 'write'],
    ['WRITE', 'write'],
    ['RENAME', 'write'],
  ])('at %s is something that may pass', async (request, step) => {
    const { finding } = await world({ faultAt: (asked) => (asked === request ? 'drop' : undefined) });
    expect(await finding()).toMatchObject({ step, code: 'connectionReset', outcome: 'failing' });
  });
});
