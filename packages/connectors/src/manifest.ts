import type * as z from 'zod';

/** The groups of tiles on Discover, in the order they are shown. */
export const categories = ['Storage & files', 'Web services'] as const;
export type Category = (typeof categories)[number];

/** What the rest of Junction may ask of a connector: to take what is exported, to have entities to read, to have customers for a profile report. */
export const capabilities = ['destination', 'source', 'profiles'] as const;
export type Capability = (typeof capabilities)[number];

/** How one field is shown and asked for. It is the `.meta()` of the field's schema, so that form, validation, type and documentation come from one place. */
export type FieldMeta = {
  label: string;
  help?: string;
  placeholder?: string;
  /** `text` when absent. `choice` needs an enum schema and `choices`, `toggle` a boolean one with a default, `date` one of ISO dates. */
  control?: 'text' | 'choice' | 'toggle' | 'date' | 'secret' | 'secretText';
  /** The words for an enum's values. */
  choices?: Readonly<Record<string, string>>;
  /** What it means to choose one of them, a line each. */
  choiceHelp?: Readonly<Record<string, string>>;
  /** Shown under Advanced. */
  isAdvanced?: boolean;
  /** Shown, and required where the schema allows it to be absent, only while the setting `field` has the value `is`, or one of several. */
  when?: { field: string; is: string | boolean | readonly string[] };
  /** May stay empty even while `when` holds. */
  isOptional?: boolean;
  /**
   * A check may find this setting out (`learned`); it is then kept when the connection is saved, unless it was given. Names the settings that
   * it was found out about: when one of them changes, it is forgotten.
   */
  learnedFor?: readonly string[];
  /** A URL pasted here is for this field alone: its schema takes it apart, `readPasted` is not asked. */
  keepsPasted?: boolean;
};

/** Attaches what a form needs to know to a field's schema. */
export const field = <Schema extends z.ZodType>(schema: Schema, meta: FieldMeta): Schema => schema.meta(meta) as Schema;

/** What a field's schema says about its form; throws when a manifest forgot to say it. */
export const metaOf = (schema: z.ZodType): FieldMeta => {
  const meta = schema.meta() as FieldMeta | undefined;
  if (meta === undefined) throw new Error('A field of a manifest has no meta; wrap its schema in field().');
  return meta;
};

type Fields = z.ZodObject<z.ZodRawShape>;
type Values = Readonly<Record<string, unknown>>;

/** Everything about a connector that a browser may know. */
export type Manifest<Settings extends Fields = Fields, Secrets extends Fields = Fields> = {
  type: string;
  label: string;
  category: Category;
  /** One sentence for the tile on Discover. */
  description: string;
  capabilities: readonly Capability[];
  /** What a destination is given: files, when absent, or rows, which have no format and no folder to choose. */
  takes?: 'files' | 'rows';
  /** The steps of its check, in the order they are shown. */
  steps: readonly { step: string; label: string }[];
  /** Strict object schema; parses what a person typed or pasted into what is stored. */
  settings: Settings;
  /** Strict object schema in which every secret is optional; `requiredSecrets` tells which ones a setting needs. */
  secrets: Secrets;
  /** The place that the secrets may be sent to, as one canonical string. Another endpoint needs the secrets again. */
  endpointOf(settings: z.output<Settings>): string;
  /** The folder inside the store that entities are read from, '' for all of it; undefined when they are not read from there. */
  entityFolderOf?(settings: z.output<Settings>): string | undefined;
  /** Settings that fill the form in from a connection string or a URL pasted into any field; undefined when the text is neither. */
  readPasted?(text: string): { settings: Values; secrets: Readonly<Record<string, string>> } | undefined;
};

/** What a destination is given; `files` unless its manifest says otherwise. */
export const takesOf = ({ takes = 'files' }: Pick<Manifest, 'takes'>): 'files' | 'rows' => takes;

/** Keeps the types of a manifest's two schemas, and its type word. */
export const defineManifest = <const Type extends string, Settings extends Fields, Secrets extends Fields>(
  manifest: Manifest<Settings, Secrets> & { type: Type },
): Manifest<Settings, Secrets> & { type: Type } => manifest;

/** Whether a field is asked for, given the settings; as text too, as forms hold them. */
export const isAskedFor = ({ when }: FieldMeta, settings: Values): boolean =>
  when === undefined ||
  [when.is]
    .flat()
    .map(String)
    .includes(String(settings[when.field] ?? ''));

/** The names of the secrets that these settings need. */
export const requiredSecrets = (manifest: Manifest, settings: Values): string[] =>
  askedSecrets(manifest, settings).filter((name) => !isOptionalSecret(manifest, name));

/** The names of the secrets that these settings use: those they need, and those that may stay empty. */
export const askedSecrets = (manifest: Manifest, settings: Values): string[] =>
  Object.entries(manifest.secrets.shape)
    .filter(([, schema]) => isAskedFor(metaOf(schema as z.ZodType), settings))
    .map(([name]) => name);

/** Whether a secret may stay empty even where it is asked for. */
export const isOptionalSecret = (manifest: Manifest, name: string): boolean =>
  metaOf(manifest.secrets.shape[name] as z.ZodType).isOptional === true;
