import { askedSecrets, type FieldMeta, isOptionalSecret, type Manifest, metaOf } from '@junction/connectors/manifests';
import type { Connection, SampleLake, SharingView, UpdateConnection } from '@junction/contracts';
import { DisplayName } from '@junction/contracts';
import type * as z from 'zod';
import { inSentence } from '../../../lib/words.ts';
import { fieldsOf } from '../../../ui/schema-form.ts';
import { isSameSharing, needsPeople, sharingInput } from '../sharing/sharing.ts';
import { newSettings, storedSettings, textOf } from './settings-as-text.ts';

/** What the form holds: text as it was typed, so that nothing a person typed is ever lost to parsing. */
export type FormValues = {
  name: string;
  /** Who may use it. The people stay while another choice is tried out; they count only for those who are named. */
  sharing: SharingView;
  settings: Record<string, string>;
  /** What is typed now. Stored secrets never come to the browser. */
  secrets: Record<string, string>;
  /** The stored secrets that are about to be replaced. */
  replacing: Record<string, boolean>;
  agreed: boolean;
};

/** The path of a field, as the API names it in its errors. */
export type FieldPath = 'name' | 'sharing' | 'agreed' | `settings.${string}` | `secrets.${string}`;

/** What is wrong with a field; `missing` when something required has not been typed yet. */
export type FieldProblem = { path: FieldPath; label: string; kind: 'missing' | 'invalid'; message: string };

/** A form that was read: the values as the API takes them, and what is wrong with them. */
export type Reading = {
  settings: Record<string, unknown>;
  /** Only secrets that were typed and are asked for. */
  secrets: Record<string, string>;
  problems: FieldProblem[];
};

const noSecrets = (manifest: Manifest): Record<string, string> =>
  Object.fromEntries(Object.keys(manifest.secrets.shape).map((name) => [name, '']));

/** An empty form for a new connection of a type. */
export const newValues = (manifest: Manifest): FormValues => ({
  name: '',
  sharing: { sharedWith: 'admins', people: [] },
  settings: newSettings(manifest),
  secrets: noSecrets(manifest),
  replacing: {},
  agreed: false,
});

/** The form of a saved connection. Its secrets stay where they are. Consent was given when it was set up. */
export const valuesOf = (manifest: Manifest, connection: Connection): FormValues => ({
  name: connection.name,
  sharing: connection.sharing,
  settings: storedSettings(manifest, connection.settings),
  secrets: noSecrets(manifest),
  replacing: {},
  agreed: true,
});

const missing = (path: FieldPath, meta: Pick<FieldMeta, 'label' | 'control'>): FieldProblem => ({
  path,
  label: meta.label,
  kind: 'missing',
  message: `${meta.control === 'choice' ? 'Choose' : 'Enter'} the ${inSentence(meta.label)}.`,
});

const readName = (name: string): FieldProblem[] => {
  if (name.trim() === '') return [missing('name', { label: 'Display name' })];
  const parsed = DisplayName.safeParse(name);
  if (parsed.success) return [];
  const message = parsed.error.issues[0]?.message ?? 'Enter another name.';
  return [{ path: 'name', label: 'Display name', kind: 'invalid', message }];
};

const readSettings = (manifest: Manifest, typed: FormValues['settings']): Pick<Reading, 'settings' | 'problems'> => {
  const asked = fieldsOf(manifest.settings, typed);
  const given: Record<string, unknown> = Object.fromEntries(
    asked
      .map(({ name, meta }) => ({ name, meta, text: (typed[name] ?? '').trim() }))
      .filter(({ text }) => text !== '')
      .map(({ name, meta, text }) => [name, meta.control === 'toggle' ? text === 'true' : text]),
  );
  const absent = asked
    .filter(({ name, isRequired }) => !(name in given) && isRequired)
    .map(({ name, meta }) => missing(`settings.${name}`, meta));
  const parsed = manifest.settings.safeParse(given);
  if (parsed.success) return { settings: parsed.data, problems: absent };
  const known = new Set<string>(absent.map(({ path }) => path));
  const invalid = parsed.error.issues
    .map((issue): FieldProblem => {
      const name = String(issue.path[0] ?? '');
      const schema = manifest.settings.shape[name] as z.ZodType | undefined;
      const label = schema === undefined ? name : metaOf(schema).label;
      return { path: `settings.${name}`, label, kind: 'invalid', message: issue.message };
    })
    .filter(({ path }) => !known.has(path));
  return { settings: given, problems: [...absent, ...invalid] };
};

const readSecrets = (
  manifest: Manifest,
  values: FormValues,
  settings: Readonly<Record<string, unknown>>,
  original: Connection | undefined,
): Pick<Reading, 'secrets' | 'problems'> => {
  const asked = askedSecrets(manifest, settings);
  const problems: FieldProblem[] = [];
  const secrets: Record<string, string> = {};
  for (const name of asked) {
    const schema = manifest.secrets.shape[name] as z.ZodType;
    const meta = metaOf(schema);
    // As it was typed: what may surround a secret is for its schema to say. A password may begin and end with blanks.
    const typed = values.secrets[name] ?? '';
    if (typed.trim() === '') {
      const isMissing = !isOptionalSecret(manifest, name) && !keepsStored(manifest, values, original, name);
      if (isMissing) problems.push(missing(`secrets.${name}`, meta));
      continue;
    }
    const parsed = schema.safeParse(typed);
    secrets[name] = parsed.success ? String(parsed.data) : typed;
    if (!parsed.success) {
      const message = parsed.error.issues[0]?.message ?? `Check the ${inSentence(meta.label)}.`;
      problems.push({ path: `secrets.${name}`, label: meta.label, kind: 'invalid', message });
    }
  }
  return { secrets, problems };
};

/** Reads the form. `original` is the saved connection that is being edited, if any. */
export const readForm = (manifest: Manifest, values: FormValues, original?: Connection): Reading => {
  const settings = readSettings(manifest, values.settings);
  const secrets = readSecrets(manifest, values, values.settings, original);
  return {
    settings: settings.settings,
    secrets: secrets.secrets,
    problems: [
      ...readName(values.name),
      ...(needsPeople(values.sharing) ? [peopleMissing] : []),
      ...settings.problems,
      ...secrets.problems,
      ...(values.agreed ? [] : [consentMissing]),
    ],
  };
};

const peopleMissing: FieldProblem = {
  path: 'sharing',
  label: 'Contributors',
  kind: 'missing',
  message: 'Name at least one contributor, or choose Administrators.',
};

const consentMissing: FieldProblem = {
  path: 'agreed',
  label: 'I agree',
  kind: 'missing',
  message: 'Agree to the data privacy and compliance terms to go on.',
};

/** Whether the settings now lead somewhere else than where the stored secrets were given for. */
export const endpointChanged = (manifest: Manifest, values: FormValues, original: Connection): boolean => {
  const before = manifest.settings.safeParse(original.settings);
  const now = manifest.settings.safeParse(readSettings(manifest, values.settings).settings);
  if (!before.success) return true;
  return now.success && manifest.endpointOf(now.data) !== manifest.endpointOf(before.data);
};

/** Whether the stored secret stays in use: it is set, nobody replaces it, and the place it goes to is the same. */
export const keepsStored = (
  manifest: Manifest,
  values: FormValues,
  original: Connection | undefined,
  name: string,
): boolean =>
  original?.secrets[name] !== undefined &&
  values.replacing[name] !== true &&
  !endpointChanged(manifest, values, original);

/** What an edit changes, as a merge patch: what stays is absent, a setting or secret that is no longer used is `null`. */
export const changesOf = (
  manifest: Manifest,
  values: FormValues,
  original: Connection,
): Omit<UpdateConnection, 'saveAnyway'> => {
  const reading = readForm(manifest, values, original);
  const settings: Record<string, unknown> = {};
  for (const [name, before] of Object.entries(storedSettings(manifest, original.settings))) {
    const next = reading.settings[name] ?? null;
    if (textOf(next) !== before) settings[name] = next;
  }
  const asked = askedSecrets(manifest, values.settings);
  const isLeftOut = (name: string) =>
    reading.secrets[name] === undefined && !keepsStored(manifest, values, original, name);
  const unused = Object.keys(original.secrets).filter((name) => !asked.includes(name) || isLeftOut(name));
  const secrets = { ...reading.secrets, ...Object.fromEntries(unused.map((name) => [name, null])) };
  const name = values.name.trim();
  return {
    ...(name !== original.name && { name }),
    ...(!isSameSharing(values.sharing, original.sharing) && { sharing: sharingInput(values.sharing) }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(Object.keys(secrets).length > 0 && { secrets }),
  };
};

/** The form with what a pasted connection string or URL says, and the labels of the fields it filled in; undefined when the text is neither. */
export const withPasted = (
  manifest: Manifest,
  values: FormValues,
  text: string,
): { values: FormValues; labels: string[] } | undefined => {
  const pasted = manifest.readPasted?.(text.trim());
  if (pasted === undefined) return undefined;
  const settings = Object.fromEntries(Object.entries(pasted.settings).map(([name, value]) => [name, textOf(value)]));
  const replacing = Object.fromEntries(Object.keys(pasted.secrets).map((name) => [name, true]));
  const schemas = { ...manifest.settings.shape, ...manifest.secrets.shape } as Record<string, z.ZodType>;
  const labels = [...Object.keys(settings), ...Object.keys(pasted.secrets)]
    .map((name) => schemas[name])
    .filter((schema) => schema !== undefined)
    .map((schema) => metaOf(schema).label);
  return {
    values: {
      ...values,
      settings: { ...values.settings, ...settings },
      secrets: { ...values.secrets, ...pasted.secrets },
      replacing: { ...values.replacing, ...replacing },
    },
    labels,
  };
};

/** The form filled in with the sample lake of demo mode, as far as the type has such fields; what was typed as a name stays. */
export const withSampleLake = (
  manifest: Manifest,
  values: FormValues,
  sample: NonNullable<SampleLake['sample']>,
): FormValues => {
  const { accountName, endpoint, accountKey, container, entityFolder, exportsContainer } = sample;
  const known = (all: Record<string, string>, schema: z.ZodObject) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name in schema.shape));
  const settings = {
    accountName,
    endpoint,
    container: exportsContainer,
    authentication: 'sharedKey',
    baseFolder: '',
    environmentFolder: `${container}/${entityFolder}`,
    environmentId: entityFolder.replace(/^ci_/, ''),
  };
  return {
    ...values,
    name: values.name.trim() === '' ? 'Contoso sample lake' : values.name,
    settings: { ...values.settings, ...known(settings, manifest.settings) },
    secrets: { ...values.secrets, ...known({ accountKey }, manifest.secrets) },
  };
};
