import { describe, expect, it } from 'vitest';
import { localFolderManifest } from './manifest.ts';

const { settings, endpointOf, entityFolderOf } = localFolderManifest;
const parse = (folder: unknown, more: object = {}) => settings.safeParse({ folder, ...more });
const problemOf = (folder: unknown) => parse(folder).error?.issues.map(({ message }) => message);

describe('the folder', () => {
  it.each([
    ['exports', 'exports'],
    [' exports/prod/ ', 'exports/prod'],
    ['exports\\prod', 'exports/prod'],
    ['exports//prod', 'exports/prod'],
    ['Käse 東京/#1', 'Käse 東京/#1'],
  ])('%j is %j', (typed, folder) => expect(parse(typed).data?.folder).toBe(folder));

  it.each([
    ['', 'Enter a folder'],
    [undefined, 'Enter a folder'],
    ['/', 'Enter the path from'],
    ['/data/exports', 'Enter the path from'],
    ['C:\\exports', 'Enter the path from'],
    ['file:///data/exports', 'Enter the path from'],
    ['../exports', 'without "." or ".."'],
    ['exports/./prod', 'without "." or ".."'],
    ['exports/a\0b', 'control characters'],
    ['x'.repeat(401), 'at most 400'],
  ])('%j is refused', (typed, words) => {
    expect(problemOf(typed)).toEqual([expect.stringContaining(words)]);
  });

  it('is the one place, spelled in one way', () => {
    const endpoints = ['exports/Käse 1', 'exports//Käse 1/'].map((folder) => endpointOf(settings.parse({ folder })));
    expect(endpoints).toEqual(Array(2).fill('file://local/exports/K%C3%A4se%201'));
  });
});

it('reads entities from a folder below, when it is told to', () => {
  const of = (more: object) => entityFolderOf?.(settings.parse({ folder: 'lake', ...more }));
  expect([of({}), of({ readsEntities: true }), of({ readsEntities: true, entityFolder: 'ci/' })]).toEqual([
    undefined,
    '',
    'ci',
  ]);
});
