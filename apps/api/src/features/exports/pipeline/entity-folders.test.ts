import { describe, expect, it } from 'vitest';
import { entityFolders } from './entity-folders.ts';

const folders = (...names: string[]) => entityFolders(names.map((name, index) => ({ id: `id-${index}`, name })));
const marked = (start: string) => new RegExp(`^${start}-[0-9a-f]{8}$`);

describe('the folders of entities', () => {
  it.each(['Customer', 'Käse 東京', 'a.b', 'Order_2', "it's (1) & more"])('keep the name %j', (name) => {
    expect(folders(name)).toEqual([name]);
  });

  it.each([
    ['a/b\\c', 'a_b_c'],
    ['..', 'entity'],
    ['../../etc', 'etc'],
    ['_staging', 'staging'],
    ['.hidden', 'hidden'],
    ['dropped. ', 'dropped'],
    ['con', 'con'],
    ['COM1.txt', 'COM1.txt'],
    ['model.json', 'model.json'],
    ['Model.JSON', 'Model.JSON'],
    ['day=1', 'day_1'],
    ['50% of #1?', '50_ of _1_'],
    ['tab\tline\nnul\0', 'tab_line_nul_'],
    ['', 'entity'],
    ['///', 'entity'],
  ])('make %j safe', (name, start) => {
    expect(folders(name)[0]).toMatch(marked(start.replaceAll('.', '[.]')));
  });

  it('tell names apart that differ in case only, or that become the same', () => {
    const made = folders('Customer', 'customer', 'CUSTOMER', 'a/b', 'a:b', 'a_b', 'ﬁle', 'file');
    expect(new Set(made.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(made.length);
    expect(made[0]).toBe('Customer');
    expect(made[5]).toBe('a_b');
  });

  it('tell entities of one name apart', () => {
    const [one, other] = folders('Customer', 'Customer');
    expect([one, other]).toEqual(['Customer', expect.stringMatching(marked('Customer'))]);
  });

  it('are short enough for file systems, and whole characters', () => {
    const made = folders('x'.repeat(500), `${'x'.repeat(499)}y`, '東'.repeat(500), '😀'.repeat(500));
    for (const name of made) {
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
      expect(name.isWellFormed()).toBe(true);
    }
    expect(new Set(made).size).toBe(4);
  });

  it('are the same in every run', () => {
    expect(folders('a/b', 'A/B', 'x')).toEqual(folders('a/b', 'A/B', 'x'));
  });
});
