import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import type * as z from 'zod';
import { type FormValues, valuesOf } from './form-values.ts';
import { sharedWithWords } from './words.ts';

/** A field in which your version and the saved one differ. */
export type MergeRow = {
  field: 'name' | 'sharedWith' | `settings.${string}`;
  label: string;
  /** As shown; an empty value is the empty text. */
  yours: string;
  theirs: string;
  /** Who changed it since you opened the form. */
  changedBy: 'you' | 'others' | 'both';
};

export type Side = 'yours' | 'theirs';
export type Choices = Readonly<Record<string, Side>>;

type FieldOf = { field: MergeRow['field']; label: string; choices?: Readonly<Record<string, string>> };

const fieldsOf = (manifest: Manifest): FieldOf[] => [
  { field: 'name', label: 'Display name' },
  { field: 'sharedWith', label: 'Who can use this connection', choices: sharedWithWords },
  ...Object.entries(manifest.settings.shape).map(([name, schema]): FieldOf => {
    const meta = metaOf(schema as z.ZodType);
    return { field: `settings.${name}`, label: meta.label, choices: meta.choices };
  }),
];

const valueAt = (values: FormValues, field: MergeRow['field']): string => {
  if (field === 'name' || field === 'sharedWith') return values[field].trim();
  return (values.settings[field.slice('settings.'.length)] ?? '').trim();
};

/**
 * The fields to choose in after a stale save: `opened` is what the form started from, `yours` what it holds now, `saved`
 * what somebody else saved in the meantime.
 */
export const mergeRows = (manifest: Manifest, opened: Connection, yours: FormValues, saved: Connection): MergeRow[] => {
  const before = valuesOf(manifest, opened);
  const theirs = valuesOf(manifest, saved);
  return fieldsOf(manifest).flatMap(({ field, label, choices }): MergeRow[] => {
    const [was, mine, other] = [before, yours, theirs].map((values) => valueAt(values, field)) as [string, string, string];
    if (mine === other) return [];
    const changedBy = was === other ? 'you' : was === mine ? 'others' : 'both';
    const words = (value: string) => choices?.[value] ?? value;
    return [{ field, label, yours: words(mine), theirs: words(other), changedBy }];
  });
};

/** What is chosen to begin with: what only one side changed is kept; what both changed is asked. */
export const initialChoices = (rows: readonly MergeRow[]): Choices =>
  Object.fromEntries(
    rows
      .filter(({ changedBy }) => changedBy !== 'both')
      .map(({ field, changedBy }) => [field, changedBy === 'you' ? 'yours' : 'theirs']),
  );

/** The labels of the secrets that somebody else replaced since the form was opened. */
export const secretsReplacedByOthers = (manifest: Manifest, opened: Connection, saved: Connection): string[] =>
  Object.entries(manifest.secrets.shape)
    .filter(([name]) => opened.secrets[name]?.setAt !== saved.secrets[name]?.setAt)
    .map(([, schema]) => metaOf(schema as z.ZodType).label);

/** The form after the choice, to be saved over `saved`. Typed secrets stay typed. */
export const merged = (manifest: Manifest, yours: FormValues, saved: Connection, choices: Choices): FormValues => {
  const theirs = valuesOf(manifest, saved);
  const chosen = (field: MergeRow['field']) => valueAt(choices[field] === 'theirs' ? theirs : yours, field);
  return {
    ...yours,
    name: chosen('name'),
    sharedWith: chosen('sharedWith') as FormValues['sharedWith'],
    settings: Object.fromEntries(
      Object.keys(manifest.settings.shape).map((name) => [name, chosen(`settings.${name}`)]),
    ),
  };
};
