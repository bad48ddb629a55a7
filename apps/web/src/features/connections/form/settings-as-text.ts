import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type * as z from 'zod';

type Settings = Readonly<Record<string, unknown>>;

/** A value as the form holds it. */
export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** The text a field starts with: the default of its schema. */
const initialText = (schema: z.ZodType): string => {
  const parsed = schema.safeParse(undefined);
  if (parsed.success) return textOf(parsed.data);
  return Object.keys(metaOf(schema).choices ?? {})[0] ?? '';
};

const eachSetting = (manifest: Manifest, text: (name: string, schema: z.ZodType) => string): Record<string, string> =>
  Object.fromEntries(
    (Object.entries(manifest.settings.shape) as [string, z.ZodType][]).map(([name, schema]) => [
      name,
      text(name, schema),
    ]),
  );

/** What a new connection's settings start with. */
export const newSettings = (manifest: Manifest): Record<string, string> =>
  eachSetting(manifest, (_, schema) => initialText(schema));

/**
 * A setting that a connection does not have is empty, even where a new connection would start with a default. A switch cannot be
 * empty: one that came after the connection was saved is where its default has it.
 */
export const storedSettings = (manifest: Manifest, settings: Settings): Record<string, string> =>
  eachSetting(manifest, (name, schema) => {
    const stored = textOf(settings[name]);
    return stored === '' && metaOf(schema).control === 'toggle' ? initialText(schema) : stored;
  });
