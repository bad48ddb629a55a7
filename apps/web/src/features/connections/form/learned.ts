import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type { CheckResult, Connection } from '@junction/contracts';
import type * as z from 'zod';
import type { FormValues } from './form-values.ts';
import { storedSettings } from './settings-as-text.ts';

type Settings = FormValues['settings'];

/** A setting that a check has found out, and the settings that it is about. */
export type Learned = { value: string; about: Settings };

/** What is known to be found out, by the name of the setting. */
export type LearnedSettings = Readonly<Record<string, Learned>>;

const learnedFor = (manifest: Manifest, name: string): readonly string[] =>
  metaOf(manifest.settings.shape[name] as z.ZodType).learnedFor ?? [];

const learnedAt = (manifest: Manifest, name: string, value: string, settings: Settings): Learned => ({
  value,
  about: Object.fromEntries(learnedFor(manifest, name).map((about) => [about, settings[about] ?? ''])),
});

const isAbout = ({ about }: Learned, settings: Settings): boolean =>
  Object.entries(about).every(([name, value]) => settings[name] === value);

/** What a check that passed has found out where the form says nothing. */
export const newlyLearned = (
  manifest: Manifest,
  settings: Settings,
  { outcome, learned = {} }: CheckResult,
): LearnedSettings =>
  outcome !== 'passed'
    ? {}
    : Object.fromEntries(
        Object.entries(learned)
          .filter(([name]) => name in manifest.settings.shape && (settings[name] ?? '') === '')
          .map(([name, value]) => [name, learnedAt(manifest, name, value, settings)]),
      );

/** What a saved connection has that a check may have found out. */
export const learnedBefore = (manifest: Manifest, original: Connection | undefined): LearnedSettings => {
  if (original === undefined) return {};
  const settings = storedSettings(manifest, original.settings);
  const names = Object.keys(settings).filter((name) => settings[name] !== '' && learnedFor(manifest, name).length > 0);
  return Object.fromEntries(names.map((name) => [name, learnedAt(manifest, name, settings[name] ?? '', settings)]));
};

/**
 * The settings that change because what was found out is about another place now: they are empty, and have their value again when the old
 * place is typed back. `forgotten` names those that were emptied so. What was typed instead stays.
 */
export const outlived = (
  learned: LearnedSettings,
  settings: Settings,
  forgotten: ReadonlySet<string>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(learned).flatMap(([name, one]): [string, string][] => {
      if (!isAbout(one, settings)) return settings[name] === one.value ? [[name, '']] : [];
      return forgotten.has(name) && settings[name] === '' ? [[name, one.value]] : [];
    }),
  );
