import { toNestErrors } from '@hookform/resolvers';
import type { Manifest } from '@junction/connectors/manifests';
import type { CheckResult, Connection } from '@junction/contracts';
import { useEffect, useRef, useState } from 'react';
import { type FieldErrors, type Resolver, useForm, useWatch } from 'react-hook-form';
import { type FieldPath, type FormValues, newValues, readForm, valuesOf, withPasted } from './form-values.ts';
import { type LearnedSettings, learnedBefore, newlyLearned, outlived } from './learned.ts';

/** Errors by the path of their field, in the shape the form library wants them. */
const resolverFor =
  (manifest: Manifest, original: Connection | undefined): Resolver<FormValues> =>
  (values, _context, options) => {
    const { problems } = readForm(manifest, values, original);
    if (problems.length === 0) return { values, errors: {} };
    const flat = Object.fromEntries(problems.map(({ path, kind, message }) => [path, { type: kind, message }]));
    return { values: {}, errors: toNestErrors(flat as FieldErrors<FormValues>, options) };
  };

/**
 * The logic of the connection form, for a new connection, which may start from `initial`, or for `original`, a saved one: what
 * is typed, what is wrong with it, and what is still missing before it can be saved.
 */
export const useConnectionForm = (manifest: Manifest, original?: Connection, initial?: FormValues) => {
  const form = useForm<FormValues>({
    defaultValues: original === undefined ? (initial ?? newValues(manifest)) : valuesOf(manifest, original),
    mode: 'onTouched',
    resolver: resolverFor(manifest, original),
  });
  const { control, getValues, reset, setError, setValue, trigger } = form;
  const values = useWatch({ control, compute: (current: FormValues) => current });

  /** Fills fields in, as if they had been typed. */
  const fillIn = (next: FormValues) => {
    for (const name of ['name', 'settings', 'secrets', 'replacing'] as const) {
      setValue(name, next[name], { shouldDirty: true });
    }
    void trigger(['settings', 'secrets']);
  };

  const [learned, setLearned] = useState<LearnedSettings>({});
  const forgotten = useRef(new Set<string>());
  useEffect(() => {
    const changes = outlived({ ...learnedBefore(manifest, original), ...learned }, values.settings, forgotten.current);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') forgotten.current.add(name);
      else forgotten.current.delete(name);
      setValue(`settings.${name}`, value, { shouldDirty: true });
    }
  }, [manifest, original, learned, values.settings, setValue]);

  return {
    form,
    values,
    reading: readForm(manifest, values, original),
    /** What is wrong and what is there now, while `reading` is what was last shown. */
    readNow: () => readForm(manifest, getValues(), original),
    /** Whether a setting holds what a check has found out since the form was opened. */
    isLearned: (name: string) => learned[name] !== undefined && learned[name].value === values.settings[name],
    /** Fills in what a check of these very values has found out, such as the key of a host that was seen for the first time. */
    takeLearned: (result: CheckResult) => {
      const found = newlyLearned(manifest, getValues('settings'), result);
      setLearned((before) => ({ ...before, ...found }));
      for (const [name, { value }] of Object.entries(found)) {
        forgotten.current.delete(name);
        setValue(`settings.${name}`, value, { shouldDirty: true });
      }
    },
    fillIn,
    /** Whether settings and secrets can be verified; shows what is wrong with them and goes to the first of it. */
    canVerify: () => trigger(['settings', 'secrets'], { shouldFocus: true }),
    /** The same with the name: all that there is to fill in. */
    isFilledIn: () => trigger(['name', 'settings', 'secrets'], { shouldFocus: true }),
    /** Puts the failures of a check onto the fields they are about. */
    showFailures: ({ steps }: CheckResult) => {
      for (const { status, field, message } of steps) {
        if (status === 'failed' && field !== undefined) setError(field as FieldPath, { type: 'check', message });
      }
    },
    /** Takes a pasted connection string or URL apart; returns the labels of the fields it filled in, undefined for other text. */
    paste: (text: string): string[] | undefined => {
      const pasted = withPasted(manifest, getValues(), text);
      if (pasted !== undefined) fillIn(pasted.values);
      return pasted?.labels;
    },
    /** Starts over from a newer saved version, with these values in the form. */
    startFrom: (saved: Connection, next: FormValues) => {
      reset(valuesOf(manifest, saved));
      reset(next, { keepDefaultValues: true });
    },
  };
};

export type ConnectionForm = ReturnType<typeof useConnectionForm>;
