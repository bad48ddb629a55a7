import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type { ConnectionDraft, FieldError } from '@junction/contracts';
import type * as z from 'zod';
import { invalidInput } from '../../../platform/field-errors.ts';

/** What somebody has filled in, as far as a secret could be among it. */
export type Typed = Partial<Pick<ConnectionDraft, 'name' | 'settings' | 'mapping'>>;

/** What only a secret looks like, wherever it stands. */
const secretLooks: readonly { what: string; looks: RegExp }[] = [
  { what: 'a connection string with a key', looks: /(account|shared\s*access)\s*key"?\s*[=:]\s*"?[a-z0-9+/]/i },
  { what: 'a SAS token', looks: /(^|[?&;\s])sig\s*=|sharedaccesssignature\s*=/i },
  // 64 bytes in base64, in either alphabet; also without the signs at the end, which a double click does not select.
  { what: 'an account key', looks: /[a-z0-9+/_-]{86}==/i },
  {
    what: 'an account key',
    looks: /(?<![\w+/-])(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])(?=[\w+/-]*[0-9])[\w+/-]{86}(?![\w+/-])/,
  },
  { what: 'a private key', looks: /-----BEGIN [A-Z ]*PRIVATE KEY/i },
  { what: 'a signing secret', looks: /whsec_/i },
  // As Entra makes them: 40 characters, with these two in every one.
  { what: 'a client secret', looks: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/ },
  { what: 'a URL with a user name and password', looks: /[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*:[^/?#\s]*@/i },
  { what: 'a password', looks: /(^|[?&;\s])(password|passwd|pwd|client[_-]?secret|access[_-]?token)\s*=/i },
  { what: 'a token', looks: /(^|\s)(bearer|basic)\s+\S{8}/i },
];

/**
 * The text as it was pasted, as it reads where a URL's percent signs are taken for what they stand for, and without what a mail or a
 * document puts into a long word: line ends, spaces and signs that nobody sees.
 */
const readings = (text: string): string[] => {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [...new Set([text, plain, plain.replace(/[\s\p{Cf}]/gu, '')])];
};

/** What kind of secret a text looks like; undefined when like none. */
const secretIn = (manifest: Manifest, text: string): string | undefined => {
  const known = secretLooks.find(({ looks }) => readings(text).some((reading) => looks.test(reading)))?.what;
  if (known !== undefined) return known;
  return Object.keys(manifest.readPasted?.(text)?.secrets ?? {}).length > 0 ? 'a secret' : undefined;
};

const unknownField = (field: string): FieldError => ({
  field,
  code: 'unknown_field',
  message: 'There is no such field.',
});

const secretField = (manifest: Manifest, name: string): FieldError => ({
  field: `settings.${name}`,
  code: 'secret',
  message: `A draft keeps no secrets. Leave the ${metaOf(manifest.secrets.shape[name] as z.ZodType).label} out; you are asked for it again when you come back.`,
});

const secretValue = (field: string, what: string): FieldError => ({
  field,
  code: 'secret',
  message: `This looks like ${what}, and a draft keeps no secrets. Take it out; you are asked for it again when you come back.`,
});

const nameError = (manifest: Manifest, name: string): FieldError | undefined => {
  if (Object.hasOwn(manifest.secrets.shape, name)) return secretField(manifest, name);
  return Object.hasOwn(manifest.settings.shape, name) ? undefined : unknownField(`settings.${name}`);
};

/**
 * Throws invalidInput for what has no place in a draft of this type: a secret by its field, an unknown field, and a value that only a
 * secret looks like. Nothing else has to be right. What is wrong is named by its field and never repeated.
 */
export const requireNoSecrets = (manifest: Manifest, { name, settings, mapping }: Typed): void => {
  const names = Object.keys(settings ?? {}).map((setting) => nameError(manifest, setting));
  const texts = [
    ['name', name] as const,
    ...Object.entries(settings ?? {}).map(([setting, value]) => [`settings.${setting}`, value] as const),
    ...Object.entries(mapping ?? {}).map(([trait, column]) => [`mapping.${trait}`, column] as const),
  ];
  const refused = names.flatMap((error) => (error === undefined ? [] : [error]));
  const values = texts
    .filter(([field]) => !refused.some((error) => error.field === field))
    .flatMap(([field, text]) => {
      const what = typeof text === 'string' ? secretIn(manifest, text) : undefined;
      return what === undefined ? [] : [secretValue(field, what)];
    });
  if (refused.length + values.length > 0) throw invalidInput([...refused, ...values]);
};
