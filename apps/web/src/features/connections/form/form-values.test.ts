import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import { describe, expect, it } from 'vitest';
import { aConnection, adlsManifest, sampleKey } from '../testing/connections.ts';
import {
  changesOf,
  endpointChanged,
  type FormValues,
  newValues,
  readForm,
  valuesOf,
  withPasted,
  withSampleLake,
} from './form-values.ts';

const filledIn = (changes: Partial<FormValues> = {}): FormValues => ({
  name: ' Contoso lake ',
  sharing: { sharedWith: 'admins', people: [] },
  settings: {
    accountName: 'contosolake',
    container: 'exports',
    baseFolder: '',
    authentication: 'sharedKey',
    readsEntities: 'false',
    entityFolder: '',
    endpoint: '',
  },
  secrets: { accountKey: sampleKey, sasToken: '' },
  replacing: {},
  agreed: true,
  ...changes,
});

const pathsOf = (values: FormValues) => readForm(adlsManifest, values).problems.map(({ path }) => path);

describe('readForm', () => {
  it('asks for everything that is required, and only for that', () => {
    const { problems } = readForm(adlsManifest, newValues(adlsManifest));
    expect(problems.map(({ path, kind }) => [path, kind])).toEqual([
      ['name', 'missing'],
      ['settings.accountName', 'missing'],
      ['settings.container', 'missing'],
      ['secrets.accountKey', 'missing'],
      ['agreed', 'missing'],
    ]);
    expect(problems[1]?.message).toBe('Enter the account name.');
  });

  it('leaves empty settings out and keeps only the secret that the authentication needs', () => {
    const reading = readForm(adlsManifest, filledIn({ secrets: { accountKey: sampleKey, sasToken: 'typed before' } }));
    expect(reading).toEqual({
      settings: { accountName: 'contosolake', container: 'exports', authentication: 'sharedKey', readsEntities: false },
      secrets: { accountKey: sampleKey },
      problems: [],
    });
  });

  it('takes a password as it was typed, and out of the way what only surrounds a key', () => {
    const secretsOf = (type: string, settings: Record<string, string>, secrets: Record<string, string>) => {
      const manifest = manifestOf(type) as Manifest;
      const empty = newValues(manifest);
      const values = {
        ...empty,
        settings: { ...empty.settings, ...settings },
        secrets: { ...empty.secrets, ...secrets },
      };
      return readForm(manifest, values).secrets;
    };
    const withPassword = { authentication: 'password' };
    expect(secretsOf('sftp', withPassword, { password: ' with blanks ' })).toEqual({ password: ' with blanks ' });
    expect(secretsOf('sftp', withPassword, { password: '   ' })).toEqual({});
    expect(secretsOf('http-webhook', { authentication: 'basic' }, { password: ' p ' }).password).toBe(' p ');
    const lines = ['-----BEGIN OPENSSH PRIVATE KEY-----', 'AAAA', 'BBBB', '-----END OPENSSH PRIVATE KEY-----'];
    const typed = { privateKey: `\r\n${lines.join('\r\n')}\r\n\r\n`, passphrase: ' two words ' };
    expect(secretsOf('sftp', { authentication: 'privateKey' }, typed)).toEqual({
      privateKey: `${lines.join('\n')}\n`,
      passphrase: ' two words ',
    });
    const account = { authentication: 'sharedKey' };
    expect(secretsOf('adls-gen2', account, { accountKey: ` ${sampleKey}\n` })).toEqual({ accountKey: sampleKey });
    const token = 'sv=2024-11-04&sp=rw&se=2027-01-01&sig=abc';
    expect(secretsOf('adls-gen2', { authentication: 'sas' }, { sasToken: `\n?${token} ` })).toEqual({
      sasToken: token,
    });
    expect(secretsOf('http-webhook', { authentication: 'bearer' }, { token: ' abc\n' }).token).toBe('abc');
  });

  it('reads a switch, and the field that it asks for without insisting on it', () => {
    const { settings } = filledIn();
    const read = (changes: Record<string, string>) =>
      readForm(adlsManifest, filledIn({ settings: { ...settings, ...changes } }));
    expect(read({ readsEntities: 'true' })).toMatchObject({ settings: { readsEntities: true }, problems: [] });
    expect(read({ readsEntities: 'true', entityFolder: '/ci//prod' }).settings.entityFolder).toBe('ci/prod');
    expect(read({ readsEntities: 'true', entityFolder: '../x' }).problems).toMatchObject([
      { path: 'settings.entityFolder', kind: 'invalid' },
    ]);
    expect(read({ entityFolder: '../left over' })).toMatchObject({ settings: { readsEntities: false }, problems: [] });
  });

  it('asks for the other secret when the authentication changes', () => {
    const values = filledIn();
    expect(pathsOf({ ...values, settings: { ...values.settings, authentication: 'sas' } })).toEqual([
      'secrets.sasToken',
    ]);
  });

  it('says in the words of the manifest what is wrong with a value', () => {
    const values = filledIn();
    const { problems } = readForm(adlsManifest, { ...values, settings: { ...values.settings, container: 'a' } });
    expect(problems).toEqual([
      {
        path: 'settings.container',
        label: 'Container',
        kind: 'invalid',
        message: 'A container name has 3 to 63 characters.',
      },
    ]);
  });

  it('does not take a mask for a secret', () => {
    expect(pathsOf(filledIn({ secrets: { accountKey: '••••••••', sasToken: '' } }))).toEqual(['secrets.accountKey']);
  });
});

describe('changesOf', () => {
  const original = aConnection();
  const opened = valuesOf(adlsManifest, original);

  it('is empty when nothing changed, and never holds a stored secret', () => {
    expect(changesOf(adlsManifest, opened, original)).toEqual({});
    expect(readForm(adlsManifest, opened, original).problems).toEqual([]);
  });

  it('holds only what changed, and null for what was emptied', () => {
    const withFolder = aConnection({ settings: { ...original.settings, baseFolder: 'exports/2026' } });
    const values = valuesOf(adlsManifest, withFolder);
    const changed = { ...values, name: 'Lake', settings: { ...values.settings, container: 'other', baseFolder: ' ' } };
    expect(changesOf(adlsManifest, changed, withFolder)).toEqual({
      name: 'Lake',
      settings: { container: 'other', baseFolder: null },
    });
  });

  it('takes a switch that a connection was saved without for off, and clears what it asked for', () => {
    expect(original.settings).not.toHaveProperty('readsEntities');
    const on = { ...opened, settings: { ...opened.settings, readsEntities: 'true', entityFolder: 'ci' } };
    expect(changesOf(adlsManifest, on, original)).toEqual({ settings: { readsEntities: true, entityFolder: 'ci' } });
    const source = aConnection({ settings: { ...original.settings, readsEntities: true, entityFolder: 'ci' } });
    const values = valuesOf(adlsManifest, source);
    expect(changesOf(adlsManifest, values, source)).toEqual({});
    const off = { ...values, settings: { ...values.settings, readsEntities: 'false' } };
    expect(changesOf(adlsManifest, off, source)).toEqual({ settings: { readsEntities: false, entityFolder: null } });
  });

  it('clears the secret that is no longer used', () => {
    const token = 'sv=2024-11-04&sp=racwdl&se=2027-01-01T00%3A00%3A00Z&sr=c&sig=abc';
    const changed = {
      ...opened,
      settings: { ...opened.settings, authentication: 'sas' },
      secrets: { accountKey: '', sasToken: token },
    };
    expect(changesOf(adlsManifest, changed, original)).toEqual({
      settings: { authentication: 'sas' },
      secrets: { sasToken: token, accountKey: null },
    });
  });

  it('asks for the secret again when the account changes, and not when only the container does', () => {
    const otherAccount = { ...opened, settings: { ...opened.settings, accountName: 'fabrikamlake' } };
    expect(endpointChanged(adlsManifest, otherAccount, original)).toBe(true);
    expect(readForm(adlsManifest, otherAccount, original).problems.map(({ path }) => path)).toEqual([
      'secrets.accountKey',
    ]);
    const otherContainer = { ...opened, settings: { ...opened.settings, container: 'other' } };
    expect(endpointChanged(adlsManifest, otherContainer, original)).toBe(false);
    expect(readForm(adlsManifest, otherContainer, original).problems).toEqual([]);
  });

  it('asks for the new secret once somebody chose to replace it', () => {
    const replacing = { ...opened, replacing: { accountKey: true } };
    expect(readForm(adlsManifest, replacing, original).problems.map(({ path }) => path)).toEqual([
      'secrets.accountKey',
    ]);
  });
});

describe('withPasted', () => {
  it('fills several fields in from a connection string', () => {
    const text = `DefaultEndpointsProtocol=https;AccountName=fabrikam;AccountKey=${sampleKey};EndpointSuffix=core.windows.net`;
    const pasted = withPasted(adlsManifest, newValues(adlsManifest), text);
    expect(pasted?.values.settings.accountName).toBe('fabrikam');
    expect(pasted?.values.secrets.accountKey).toBe(sampleKey);
    expect(pasted?.labels).toEqual(['Account name', 'Authentication', 'Account key']);
  });

  it('leaves plain text alone', () => {
    expect(withPasted(adlsManifest, newValues(adlsManifest), 'contosolake')).toBeUndefined();
  });
});

describe('withSampleLake', () => {
  const environmentId = '3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814';
  const sample = {
    accountName: 'contosolake',
    accountKey: sampleKey,
    endpoint: 'http://127.0.0.1:10004/contosolake',
    container: 'customerinsights',
    entityFolder: `ci_${environmentId}`,
    exportsContainer: 'exports',
  };

  it('leaves nothing to be typed, neither where files go nor where an environment wrote', () => {
    for (const type of ['adls-gen2', 'audience-insights']) {
      const manifest = manifestOf(type) as Manifest;
      const filled = withSampleLake(manifest, newValues(manifest), sample);
      expect(readForm(manifest, filled).problems.map(({ path }) => path)).toEqual(['agreed']);
    }
  });

  it('knows the environment of the sample', () => {
    const manifest = manifestOf('audience-insights') as Manifest;
    const { settings } = withSampleLake(manifest, newValues(manifest), sample);
    expect(settings).toMatchObject({ environmentId, environmentFolder: `customerinsights/ci_${environmentId}` });
  });
});
