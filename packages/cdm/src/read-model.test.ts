import { describe, expect, it } from 'vitest';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles } from './testing/memory-files.ts';
import { entity, model } from './testing/models.ts';

/** The model of a folder with one good neighbour, which must stay good. */
const modelOf = async (content: string | Uint8Array) => {
  const memory: Memory = { 'a/model.json': content, 'b/model.json': model([entity('B')]) };
  const catalog = await readCatalog(memoryFiles(memory), '', new AbortController().signal);
  expect(catalog.entities.some(({ model: path, name }) => path === 'b/model.json' && name === 'B')).toBe(true);
  expect(catalog.models[1]?.problem).toBeUndefined();
  const entities = catalog.entities.filter(({ model: path }) => path === 'a/model.json');
  expect(catalog.models[0]?.entities).toBe(entities.length);
  return { ...catalog.models[0], names: entities.map(({ name }) => name) };
};

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a metadata file', () => {
  it('is read with a byte order mark as without', async () => {
    const text = model([entity('Käse 東京')]);
    expect((await modelOf(utf8(`\uFEFF${text}`))).names).toEqual(['Käse 東京']);
    expect((await modelOf(utf8(text))).names).toEqual(['Käse 東京']);
  });

  it('tells its name and when it was modified, by its own words first', async () => {
    const stated = await modelOf(model([], { name: 'Sales', modifiedTime: '2021-07-15T04:30:00+02:00' }));
    expect(stated).toMatchObject({ name: 'Sales', modifiedAt: '2021-07-15T02:30:00.000Z' });
    for (const modifiedTime of ['yesterday', 12, undefined]) {
      expect((await modelOf(model([], { modifiedTime }))).modifiedAt).toBe('2026-03-04T05:06:07.000Z');
    }
  });

  it.each([
    ['', 'notJson'],
    ['{"version": "1.0", "entities": [', 'notJson'],
    ['<html>', 'notJson'],
    ['[]', 'notCdm'],
    ['null', 'notCdm'],
    ['"text"', 'notCdm'],
    ['{}', 'versionUnsupported'],
    ['{"version":"1.1","entities":[]}', 'versionUnsupported'],
    ['{"version":{"a":1},"entities":[]}', 'versionUnsupported'],
    ['{"version":"1.0"}', 'entitiesMissing'],
    ['{"version":"1.0","entities":{}}', 'entitiesMissing'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'notUtf8'],
    [new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), 'notUtf8'],
  ])('spoils only itself: %j is %s', async (content, code) => {
    const read = await modelOf(content);
    expect(read).toMatchObject({ entities: 0, names: [], problem: { code } });
    expect(read.problem?.remedy).toBeTruthy();
  });

  it('says where it stops being JSON, and nothing of what is there', async () => {
    const { problem } = await modelOf('{\n  "version": "1.0",\n  "location": "?sig=canary" "x"\n}');
    expect(problem?.message).toBe('The file is not JSON. Line 3, column 29.');
    expect((await modelOf('{"sig":"canary')).problem?.message).not.toContain('canary');
    expect((await modelOf('{"version":')).problem?.message).toContain('ends too early');
  });

  it('takes the version as a number too', async () => {
    expect((await modelOf('{"version":1.0,"entities":[]}')).problem).toBeUndefined();
  });

  it('repeats no signature that stands in the place of the version', async () => {
    const { problem } = await modelOf('{"version":"https://x.example/?sv=1&sig=canary&se=2","entities":[]}');
    expect(problem).toMatchObject({ code: 'versionUnsupported', message: expect.stringContaining('sig=removed&se=2') });
  });

  it('leaves entities without a name out and says how many', async () => {
    const read = await modelOf(model([entity('A'), entity('  '), null, 7, { $type: 'LocalEntity' }, entity('B')]));
    expect(read.names).toEqual(['A', 'B']);
    expect(read.problem).toMatchObject({ code: 'entitiesUnnamed', message: expect.stringContaining('4 entities') });
  });

  it('keeps what no field is made from', async () => {
    const rest = { culture: 'sv-SE', 'pbi:mashup': { document: 'section' }, referenceModels: [] };
    expect((await modelOf(model([], rest))).unknown).toEqual(rest);
    expect((await modelOf('{"version":"9","entities":[],"kept":1}')).unknown).toEqual({ kept: 1 });
  });
});
