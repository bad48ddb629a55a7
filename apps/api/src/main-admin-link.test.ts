import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from './platform/data-folder.ts';

const main = new URL('./main-admin-link.ts', import.meta.url).pathname;
/** To make the database takes a loaded machine this long; what is tested is what it says. */
const patienceMs = 90_000;

const run = async (folder: string, ...args: string[]) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: {
      PATH: process.env.PATH,
      JUNCTION_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      JUNCTION_DATA_DIR: folder,
      JUNCTION_PUBLIC_URL: 'https://junction.contoso.example',
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
};
const newFolder = () => mkdtempSync(join(tmpdir(), 'junction-admin-link-'));

describe('npm run admin-link', () => {
  it(
    'makes a link for whoever is named',
    async () => {
      const { code, stdout, stderr } = await run(newFolder(), 'Ada@Contoso.example');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('ada@contoso.example');
      expect(stdout).toMatch(/\nhttps:\/\/junction\.contoso\.example\/welcome#[\w-]{43}\n$/);
    },
    patienceMs,
  );

  it(
    'says in a line that Junction has to be stopped first',
    async () => {
      const folder = await openDataFolder(newFolder());
      const { code, stdout, stderr } = await run(folder.path, 'ada@contoso.example');
      await folder.release();
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^admin-link: Junction is running and has the embedded database to itself\. [^\n]+\n$/);
    },
    patienceMs,
  );

  it.each([[[]], [['not an address']], [['a@contoso.example', 'b@contoso.example']]])(
    'tells how it is used: %j',
    async (args) => {
      const { code, stderr } = await run(newFolder(), ...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^admin-link: Usage: npm run admin-link -- <email>/);
    },
    patienceMs,
  );
});
