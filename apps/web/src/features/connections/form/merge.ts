import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import type * as z from 'zod';
import { wordsOf } from '../../../ui/schema-form.ts';
import { isSameSharing, sharingWords } from '../sharing/sharing.ts';
import { type FormValues, valuesOf } from './form-values.ts';

/** A field in which your version and the saved one differ. */
export type MergeRow = {
  field: 'name' | 'sharing' | `settings.${string}` | `secrets.${string}`;
  label: string;
  /** As shown; an empty value is the empty text. */
  yours: string;
  theirs: string;
  /** Who changed it since you opened the form. */
  changedBy: 'you' | 'others' | 'both';
};

export type Side = 'yours' | 'theirs';
export type Choices = Readonly<Record<string, Side>>;

type ValueField = 'name' | 'sharing' | `settings.${string}`;
type FieldOf = { field: ValueField; label: string; choices?: Readonly<Record<string, string>> };

const valueFieldsOf = (manifest: Manifest): FieldOf[] => [
  { field: 'name', label: 'Display name' },
  { field: 'sharing', label: 'Who can use this connection' },
  ...Object.entries(manifest.settings.shape).map(([name, schema]): FieldOf => {
    const meta = metaOf(schema as z.ZodType);
    return { field: `settings.${name}`, label: meta.label, choices: wordsOf(meta) };
  }),
];

const valueAt = (values: FormValues, field: ValueField): string => {
  if (field === 'name') return values.name.trim();
  if (field === 'sharing') return sharingWords(values.sharing);
  return (values.settings[field.slice('settings.'.length)] ?? '').trim();
};

/**
 * The fields to choose in after a stale save: `opened` is what the form started from, `yours` what it holds now, `saved`
 * what somebody else saved in the meantime.
 */
export const mergeRows = (manifest: Manifest, opened: Connection, yours: FormValues, saved: Connection): MergeRow[] => {
  const before = valuesOf(manifest, opened);
  const theirs = valuesOf(manifest, saved);
  const rows = valueFieldsOf(manifest).flatMap(({ field, label, choices }): MergeRow[] => {
    const isSame = (one: FormValues, other: FormValues) =>
      field === 'sharing' ? isSameSharing(one.sharing, other.sharing) : valueAt(one, field) === valueAt(other, field);
    if (isSame(yours, theirs)) return [];
    const [mine, other] = [valueAt(yours, field), valueAt(theirs, field)];
    const changedBy = isSame(before, theirs) ? 'you' : isSame(before, yours) ? 'others' : 'both';
    const words = (value: string) => choices?.[value] ?? value;
    return [{ field, label, yours: words(mine), theirs: words(other), changedBy }];
  });
  return [...rows, ...secretRows(manifest, opened, yours, saved)];
};

/** The secrets that both sides replaced; nobody sees either, so the choice is between the two by their origin. */
const secretRows = (manifest: Manifest, opened: Connection, yours: FormValues, saved: Connection): MergeRow[] =>
  secretsReplaced(manifest, opened, saved)
    .filter(({ name }) => (yours.secrets[name] ?? '') !== '')
    .map(({ name, label }) => ({
      field: `secrets.${name}`,
      label,
      yours: 'The one you typed',
      theirs: 'The one saved by somebody else',
      changedBy: 'both',
    }));

/** What is chosen to begin with: what only one side changed is kept; what both changed is asked. */
export const initialChoices = (rows: readonly MergeRow[]): Choices =>
  Object.fromEntries(
    rows
      .filter(({ changedBy }) => changedBy !== 'both')
      .map(({ field, changedBy }) => [field, changedBy === 'you' ? 'yours' : 'theirs']),
  );

/** The secrets that somebody else replaced since the form was opened. */
export const secretsReplaced = (
  manifest: Manifest,
  opened: Connection,
  saved: Connection,
): { name: string; label: string }[] =>
  Object.entries(manifest.secrets.shape)
    .filter(([name]) => opened.secrets[name]?.setAt !== saved.secrets[name]?.setAt)
    .map(([name, schema]) => ({ name, label: metaOf(schema as z.ZodType).label }));

/** The labels of the secrets that only somebody else replaced: theirs stay, without a choice. */
export const secretsKept = (manifest: Manifest, opened: Connection, yours: FormValues, saved: Connection): string[] =>
  secretsReplaced(manifest, opened, saved)
    .filter(({ name }) => (yours.secrets[name] ?? '') === '')
    .map(({ label }) => label);

/** Whether somebody else changed what the form is about; if not (it was paused, say), there is nothing to choose. */
export const hasOthersChanges = (
  manifest: Manifest,
  opened: Connection,
  yours: FormValues,
  saved: Connection,
): boolean =>
  secretsReplaced(manifest, opened, saved).length > 0 ||
  mergeRows(manifest, opened, yours, saved).some(({ changedBy }) => changedBy !== 'you');

/** The form after the choice, to be saved over `saved`. What was typed as a secret stays, unless the other one was chosen. */
export const merged = (manifest: Manifest, yours: FormValues, saved: Connection, choices: Choices): FormValues => {
  const theirs = valuesOf(manifest, saved);
  const chosen = (field: ValueField) => valueAt(choices[field] === 'theirs' ? theirs : yours, field);
  const isTheirs = (name: string) => choices[`secrets.${name}`] === 'theirs';
  return {
    ...yours,
    name: chosen('name'),
    sharing: (choices.sharing === 'theirs' ? theirs : yours).sharing,
    settings: Object.fromEntries(
      Object.keys(manifest.settings.shape).map((name) => [name, chosen(`settings.${name}`)]),
    ),
    secrets: Object.fromEntries(
      Object.entries(yours.secrets).map(([name, typed]) => [name, isTheirs(name) ? '' : typed]),
    ),
    replacing: Object.fromEntries(Object.entries(yours.replacing).map(([name, is]) => [name, is && !isTheirs(name)])),
  };
};
