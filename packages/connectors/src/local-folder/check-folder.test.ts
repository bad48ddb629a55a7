import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { failedStep, runCheck } from '../testing/run-check.ts';
import { localFolderConnector } from './connector.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();

const check = async (localRoot: string | undefined, folder: string) => {
  const outbound = createOutbound({ allowedHosts: [], localRoot });
  const { result } = await runCheck(localFolderConnector, { settings: { folder }, secrets: {} }, { outbound });
  return { result, failed: failedStep(result), codes: result.steps.map(({ code }) => code) };
};

describe('the operator’s folder', () => {
  it('must be named', async () => {
    const { failed, result } = await check(undefined, 'exports');
    expect(failed).toMatchObject({ step: 'root', code: 'rootNotSet', field: 'settings.folder' });
    expect(failed?.remedy?.text).toContain('JUNCTION_LOCAL_ROOT');
    expect(result.outcome).toBe('actionRequired');
  });

  it('must be a folder that is there', async () => {
    const root = await newFolder();
    await writeFile(join(root, 'file'), '');
    for (const name of ['none', 'file', 'file/below']) {
      const { failed } = await check(join(root, name), 'exports');
      expect(failed).toMatchObject({ step: 'root', code: 'rootMissing' });
      expect(failed?.remedy?.text).toContain('JUNCTION_LOCAL_ROOT');
    }
  });

  it('may be reached by a link', async () => {
    const link = join(await newFolder(), 'link');
    await symlink(await newFolder(), link);
    expect((await check(link, 'exports')).result.outcome).toBe('passed');
  });
});

describe('the folder', () => {
  it('is found, or can be made, and is gone afterwards', async () => {
    const root = await newFolder();
    await mkdir(join(root, 'there'));
    expect((await check(root, 'there')).codes).toEqual(['rootFound', 'folderFound', 'probePassed', 'spaceLeft']);
    expect((await check(root, 'there/new/er')).codes).toContain('folderCanBeMade');
    expect(await readdir(root, { recursive: true })).toEqual(['there']);
  });

  it('cannot be where a file is', async () => {
    const root = await newFolder();
    await writeFile(join(root, 'file'), '');
    for (const folder of ['file', 'file/below']) {
      expect((await check(root, folder)).failed).toMatchObject({
        step: 'folder',
        code: 'folderIsFile',
        field: 'settings.folder',
      });
    }
  });

  it('may be behind a link that stays inside, and not behind one that leads out', async () => {
    const [root, outside] = [await newFolder(), await newFolder()];
    await mkdir(join(root, 'inside'));
    await symlink('inside', join(root, 'stays'));
    await symlink(outside, join(root, 'leads-out'));
    await symlink('nowhere', join(root, 'dangles'));
    expect((await check(root, 'stays/below')).result.outcome).toBe('passed');
    for (const folder of ['leads-out', 'leads-out/below']) {
      expect((await check(root, folder)).failed).toMatchObject({ step: 'folder', code: 'leadsOutside' });
    }
    expect((await check(root, 'dangles')).failed).toMatchObject({ code: 'folderIsFile' });
    expect(await readdir(outside)).toEqual([]);
  });
});
