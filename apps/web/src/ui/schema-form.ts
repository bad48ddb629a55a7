import { type FieldMeta, isAskedFor, metaOf } from '@junction/connectors/manifests';
import type * as z from 'zod';

/** A field of a manifest's schema: its name, how it is asked for, and whether it may stay empty. */
export type SchemaField = { name: string; meta: FieldMeta; isRequired: boolean };

const toggleWords = { true: 'Yes', false: 'No' } as const;

/** The words for a field's values, where it has such. */
export const wordsOf = ({ control, choices }: FieldMeta): Readonly<Record<string, string>> | undefined =>
  control === 'toggle' ? toggleWords : choices;

/**
 * The fields that a schema asks for, given the settings typed so far. A field with a condition is required while the
 * condition holds, unless it says otherwise, any other when its schema does not accept its absence.
 */
export const fieldsOf = (schema: z.ZodObject, settings: Readonly<Record<string, unknown>>): SchemaField[] =>
  Object.entries(schema.shape)
    .map(([name, field]): SchemaField => {
      const meta = metaOf(field as z.ZodType);
      const mayBeAbsent = (field as z.ZodType).safeParse(undefined).success;
      const isRequired = meta.isOptional !== true && (meta.when !== undefined || !mayBeAbsent);
      return { name, meta, isRequired };
    })
    .filter(({ meta }) => isAskedFor(meta, settings));
