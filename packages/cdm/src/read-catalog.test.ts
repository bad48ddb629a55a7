import { describe, expect, it } from 'vitest';
import type { Catalog } from './catalog.ts';
import { catalogLimits } from './limits.ts';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles, refusal } from './testing/memory-files.ts';
import { entity, model } from './testing/models.ts';

const read = (memory: Memory, folder = '', options?: Parameters<typeof memoryFiles>[1]): Promise<Catalog> =>
  readCatalog(memoryFiles(memory, options), folder, new AbortController().signal);

describe('finding metadata', () => {
  it('reads the folder itself, and nothing below it then', async () => {
    const files = memoryFiles({
      'ci/model.json': model([entity('A')]),
      'ci/below/model.json': model([entity('B')]),
      'model.json': model([entity('C')]),
    });
    const catalog = await readCatalog(files, 'ci', new AbortController().signal);
    expect(catalog.entities.map(({ model: path, name }) => [path, name])).toEqual([['model.json', 'A']]);
    expect(files.asked).toEqual(['list ci', 'read ci/model.json']);
  });

  it('looks into the folders below, breadth first, to their depth, and tells in the order of paths', async () => {
    const catalog = await read(
      {
        'ci/z/model.json': model([entity('Z')]),
        'ci/a/b/model.json': model([entity('B'), entity('A')]),
        'ci/a/b/c/model.json': model([entity('hidden by the one above')]),
        'ci/1/2/3/model.json': model([entity('Deep')]),
        'ci/1/2/3b/4/model.json': model([entity('too deep')]),
        'ci/notes.txt': 'x',
        'other/model.json': model([entity('elsewhere')]),
      },
      'ci',
    );
    expect(catalog.models.map(({ path, entities }) => [path, entities])).toEqual([
      ['1/2/3/model.json', 1],
      ['a/b/model.json', 2],
      ['z/model.json', 1],
    ]);
    expect(catalog.entities.map(({ name }) => name)).toEqual(['Deep', 'B', 'A', 'Z']);
    expect(catalog.problem).toBeUndefined();
  });

  it.each(['', 'exports'])('says that there is none in "%s"', async (folder) => {
    const catalog = await read({ 'exports/a.csv': 'x', 'exports/old.model.json': model([]) }, folder);
    expect(catalog).toMatchObject({ models: [], entities: [], problem: { code: 'noMetadata' } });
    expect(catalog.problem?.remedy).toContain('model.json');
    expect(catalog.problem?.message).toContain(folder === '' ? 'the container' : '"exports"');
  });

  it('does not take a folder of that name for it', async () => {
    expect((await read({ 'model.json/a.csv': 'x' })).problem?.code).toBe('noMetadata');
  });

  it('stops at so many folders, and says so', async () => {
    const memory = Object.fromEntries(
      Array.from({ length: catalogLimits.folders + 5 }, (_, index) => [`${index + 10_000}/model.json`, model([])]),
    );
    const files = memoryFiles(memory);
    const catalog = await readCatalog(files, '', new AbortController().signal);
    expect(catalog.models).toHaveLength(catalogLimits.folders - 1);
    expect(catalog.problem?.code).toBe('tooManyFolders');
    expect(files.asked.filter((one) => one.startsWith('list'))).toHaveLength(catalogLimits.folders);
    expect(files.busiest()).toBe(catalogLimits.atOnce);
  });

  it('gives up a folder with endless files', async () => {
    const files = memoryFiles({});
    files.list = async function* (folder) {
      for (let index = 0; ; index += 1)
        yield { name: `${index}`, path: `${folder}/${index}`, isFolder: false, bytes: 1, etag: 'e', modifiedAt: '' };
    };
    expect((await readCatalog(files, 'ci', new AbortController().signal)).problem?.code).toBe('folderTooLarge');
  });
});

describe('a store that fails', () => {
  const memory = { 'a/model.json': model([entity('A')]), 'b/model.json': model([entity('B')]) };

  it('ends the reading when the folder itself cannot be listed', async () => {
    await expect(read(memory, 'nowhere')).rejects.toMatchObject({ code: 'folderMissing' });
    await expect(read(memory, '', { failures: { 'list ': new Error('reset') } })).rejects.toThrow('reset');
  });

  it.each(['list a', 'read a/model.json'])(
    'ends it at "%s" when it may pass by itself, and asks no more',
    async (what) => {
      const failure = Object.assign(new Error('busy'), { code: 'throttled', isTransient: true });
      await expect(read(memory, '', { failures: { [what]: failure } })).rejects.toBe(failure);
    },
  );

  it('spoils only the folder that is refused', async () => {
    const catalog = await read(memory, '', { failures: { 'list a': refusal('folderRefused', 'Storage said no.') } });
    expect(catalog.entities.map(({ name }) => name)).toEqual(['B']);
    expect(catalog.problem).toMatchObject({ code: 'folderRefused', message: expect.stringContaining('"a"') });
  });

  it('spoils only the model that is refused', async () => {
    const failures = { 'read a/model.json': refusal('fileRefused', 'No, says ?sv=1&sig=abc%2Fdef&se=2.') };
    const catalog = await read(memory, '', { failures });
    expect(catalog.entities.map(({ name }) => name)).toEqual(['B']);
    expect(catalog.models[0]).toMatchObject({ path: 'a/model.json', entities: 0, problem: { code: 'fileRefused' } });
    expect(JSON.stringify(catalog)).not.toContain('abc%2Fdef');
  });

  it('is left alone when nobody waits any more', async () => {
    const files = memoryFiles(memory);
    await expect(readCatalog(files, '', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(files.asked).toEqual([]);
  });
});

describe('limits', () => {
  it('of entities in a catalog', async () => {
    const many = (prefix: string) =>
      model(Array.from({ length: 1_500 }, (_, index) => entity(`${prefix}${index}`, { partitions: [] })));
    const catalog = await read({ 'a/model.json': many('a'), 'b/model.json': many('b') });
    expect(catalog.entities).toHaveLength(catalogLimits.entities);
    expect(catalog.models.map(({ entities }) => entities)).toEqual([1_500, 500]);
    expect(catalog.problem?.code).toBe('tooManyEntities');
  });

  it('of one model.json, which is not even asked for', async () => {
    const files = memoryFiles({ 'a/model.json': catalogLimits.modelBytes + 1, 'b/model.json': model([entity('B')]) });
    const catalog = await readCatalog(files, '', new AbortController().signal);
    expect(catalog.models.map(({ problem }) => problem?.code)).toEqual(['modelTooLarge', undefined]);
    expect(files.asked).not.toContain('read a/model.json');
  });

  it('of all of them together', async () => {
    const files = memoryFiles(
      Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${index}/model.json`, catalogLimits.modelBytes])),
    );
    files.read = async () => new TextEncoder().encode(model([]));
    const catalog = await readCatalog(files, '', new AbortController().signal);
    expect(catalog.models.map(({ problem }) => problem?.code ?? 'read')).toEqual([
      ...Array(4).fill('read'),
      'modelsTooLarge',
      'modelsTooLarge',
    ]);
  });
});
