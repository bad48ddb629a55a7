import { describe, expect, it } from 'vitest';
import { aConnection, adlsManifest, sampleKey } from '../testing/connections.ts';
import { valuesOf } from './form-values.ts';
import { initialChoices, merged, mergeRows, secretsReplaced } from './merge.ts';

const opened = aConnection({ name: 'Lake' });
const saved = aConnection({
  id: opened.id,
  name: 'Their lake',
  sharing: { sharedWith: 'adminsAndContributors', people: [] },
  secrets: { accountKey: { setAt: '2026-11-21T10:00:00Z' } },
  etag: '"2"',
});
const before = valuesOf(adlsManifest, opened);
const yours = { ...before, name: 'Your lake', settings: { ...before.settings, container: 'yours' } };

describe('mergeRows', () => {
  const rows = mergeRows(adlsManifest, opened, yours, saved);

  it('holds each field in which the versions differ, and who changed it', () => {
    expect(rows).toEqual([
      { field: 'name', label: 'Display name', yours: 'Your lake', theirs: 'Their lake', changedBy: 'both' },
      {
        field: 'sharing',
        label: 'Who can use this connection',
        yours: 'Administrators',
        theirs: 'Administrators and contributors',
        changedBy: 'others',
      },
      { field: 'settings.container', label: 'Container', yours: 'yours', theirs: 'exports', changedBy: 'you' },
    ]);
  });

  it('says yes and no of a switch', () => {
    const on = aConnection({ ...saved, settings: { ...saved.settings, readsEntities: true } });
    expect(mergeRows(adlsManifest, opened, yours, on)).toContainEqual({
      field: 'settings.readsEntities',
      label: 'Read entities from a folder here',
      yours: 'No',
      theirs: 'Yes',
      changedBy: 'others',
    });
  });

  it('chooses for nobody where both changed the same field', () => {
    expect(initialChoices(rows)).toEqual({ sharing: 'theirs', 'settings.container': 'yours' });
  });

  it('asks which secret to keep when both replaced it', () => {
    const typed = { ...yours, secrets: { accountKey: sampleKey }, replacing: { accountKey: true } };
    const row = mergeRows(adlsManifest, opened, typed, saved).at(-1);
    expect(row).toMatchObject({ field: 'secrets.accountKey', label: 'Account key', changedBy: 'both' });
    const kept = merged(adlsManifest, typed, saved, { 'secrets.accountKey': 'theirs' });
    expect(kept).toMatchObject({ secrets: { accountKey: '' }, replacing: { accountKey: false } });
  });

  it('is empty when both versions are the same', () => {
    expect(mergeRows(adlsManifest, opened, valuesOf(adlsManifest, saved), saved)).toEqual([]);
  });
});

describe('merged', () => {
  it('takes each field from the chosen side and loses no typed secret', () => {
    const typed = { ...yours, secrets: { accountKey: sampleKey }, replacing: { accountKey: true } };
    const values = merged(adlsManifest, typed, saved, {
      name: 'theirs',
      sharing: 'yours',
      'settings.container': 'yours',
    });
    expect(values).toMatchObject({
      name: 'Their lake',
      sharing: { sharedWith: 'admins', people: [] },
      settings: { accountName: 'contosolake', container: 'yours' },
      secrets: { accountKey: sampleKey },
      replacing: { accountKey: true },
    });
  });
});

describe('secretsReplaced', () => {
  it('names the secrets that were set since', () => {
    expect(secretsReplaced(adlsManifest, opened, saved)).toEqual([{ name: 'accountKey', label: 'Account key' }]);
    expect(secretsReplaced(adlsManifest, opened, opened)).toEqual([]);
  });
});
