import { describe, expect, it } from 'vitest';
import { audienceInsightsManifest as manifest } from './manifest.ts';

const id = '3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814';
const key = Buffer.alloc(64, 7).toString('base64');

const settings = {
  accountName: 'contosolake',
  environmentId: id,
  environmentFolder: `customerinsights/ci_${id}`,
  authentication: 'sharedKey',
};

const parsed = (changed: Record<string, string>) => manifest.settings.parse({ ...settings, ...changed });

const problemOf = (changed: Record<string, string>): string | undefined =>
  manifest.settings.safeParse({ ...settings, ...changed }).error?.issues[0]?.message;

describe('the folder name', () => {
  it.each([
    [`customerInsights/ci_${id}`, `customerinsights/ci_${id}`],
    [`ci_${id}`, `customerinsights/ci_${id}`],
    [` /CI_${id}/ `, `customerinsights/CI_${id}`],
    ['Lake\\Team\\ci_1', 'lake/Team/ci_1'],
    [`https://contosolake.dfs.core.windows.net/customerinsights/ci_${id}`, `customerinsights/ci_${id}`],
    [`abfss://customerinsights@contosolake.dfs.core.windows.net/ci_${id}`, `customerinsights/ci_${id}`],
  ])('%s is kept as container and folder', (typed, kept) => {
    const { environmentFolder } = parsed({ environmentFolder: typed });
    expect(environmentFolder).toBe(kept);
    expect(parsed({ environmentFolder }).environmentFolder).toBe(kept);
  });

  it.each([
    ['customerinsights', 'Enter container and folder'],
    ['my_container/ci_1', 'cannot be a container'],
    ['customerinsights/../other', 'without "." or ".."'],
    ['', 'Enter the folder name'],
  ])('"%s" is refused', (typed, problem) => {
    expect(problemOf({ environmentFolder: typed })).toContain(problem);
  });

  it('says where entities are read from, inside the container', () => {
    expect(manifest.entityFolderOf?.(parsed({ environmentFolder: 'lake/team/ci_1' }))).toBe('team/ci_1');
  });
});

describe('the environment ID', () => {
  it.each([id, id.toUpperCase(), ` {${id}} `, `ci_${id}`])('%s is understood', (typed) => {
    expect(parsed({ environmentId: typed }).environmentId).toBe(id);
  });

  it('is a GUID', () => {
    expect(problemOf({ environmentId: 'production' })).toContain('Settings > About');
  });
});

describe('the storage account', () => {
  it.each([
    'contosolake',
    'https://contosolake.dfs.core.windows.net/',
    'https://contosolake.blob.core.windows.net/customerinsights',
    `DefaultEndpointsProtocol=https;AccountName=contosolake;AccountKey=${key};EndpointSuffix=core.windows.net`,
  ])('%s gives its name and nothing else', (typed) => {
    const kept = parsed({ accountName: typed });
    expect(kept).toEqual(settings);
    expect(JSON.stringify(kept)).not.toContain(key);
  });

  it('is taken from a pasted connection string, whose key goes into the field for it', () => {
    const pasted = `DefaultEndpointsProtocol=https;AccountName=contosolake;AccountKey=${key};EndpointSuffix=core.windows.net`;
    expect(manifest.readPasted?.(pasted)).toEqual({
      settings: { accountName: 'contosolake', authentication: 'sharedKey' },
      secrets: { accountKey: key },
    });
  });

  it('is taken from a pasted URL of the folder, with the folder', () => {
    expect(
      manifest.readPasted?.(`https://contosolake.blob.core.windows.net/customerinsights/ci_${id}?sv=1&sp=rl&sig=x`),
    ).toEqual({
      settings: { accountName: 'contosolake', environmentFolder: `customerinsights/ci_${id}`, authentication: 'sas' },
      secrets: { sasToken: 'sv=1&sp=rl&sig=x' },
    });
    expect(manifest.readPasted?.('contosolake')).toBeUndefined();
  });
});

describe('the tile', () => {
  it('is of a source with profiles, and of nothing else', () => {
    expect(manifest.capabilities).toEqual(['source', 'profiles']);
    expect(manifest.steps.map(({ step }) => step)).not.toContain('write');
  });

  it('has only settings that its form and its pasted texts know', () => {
    const filled = manifest.readPasted?.(`https://contosolake.dfs.core.windows.net/lake/ci_1?sv=1&se=2&sig=x`);
    expect(Object.keys(manifest.settings.shape)).toEqual(expect.arrayContaining(Object.keys(filled?.settings ?? {})));
  });
});
