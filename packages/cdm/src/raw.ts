import * as z from 'zod';
import { withoutSignatures } from './clean.ts';
import { catalogLimits } from './limits.ts';

// What a model.json of version 1.0 may hold (https://github.com/microsoft/CDM/blob/master/docs/schema/modeljsonschema.json), read tolerantly:
// a value of another type counts as absent, so that one slip of a writer does not hide the rest.

/** Whatever a writer put a URL into, a name among others, its signature goes no further than here. */
const Text = z.string().overwrite(withoutSignatures).optional().catch(undefined);
const List = z.array(z.unknown()).optional().catch(undefined);

/** What people read of a thing, as much of it as they do read. */
const Description = z
  .string()
  .overwrite((text) => withoutSignatures(text).slice(0, catalogLimits.description).toWellFormed())
  .optional()
  .catch(undefined);

const Annotation = z.object({ name: Text, value: z.unknown().optional() }).catch({ name: undefined, value: undefined });
const Annotations = z.array(Annotation).optional().catch(undefined);
export type RawAnnotations = z.output<typeof Annotations>;

export const RawModel = z.object({ name: Text, modifiedTime: Text, entities: List, referenceModels: List });

export const RawEntity = z.object({
  $type: Text,
  name: Text,
  description: Description,
  annotations: Annotations,
  attributes: List,
  partitions: List,
  source: Text,
  modelId: Text,
});
export type RawEntity = z.output<typeof RawEntity>;

export const RawAttribute = z
  .object({ name: Text, dataType: Text, description: Description })
  .catch({ name: undefined, dataType: undefined, description: undefined });

export const RawPartition = z
  .object({
    name: Text,
    location: Text,
    refreshTime: Text,
    annotations: Annotations,
    fileFormatSettings: z.unknown().optional(),
  })
  .catch({
    name: undefined,
    location: undefined,
    refreshTime: undefined,
    annotations: undefined,
    fileFormatSettings: undefined,
  });
export type RawPartition = z.output<typeof RawPartition>;

export const RawReferenceModel = z.object({ id: Text, location: Text }).catch({ id: undefined, location: undefined });

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 3339 writes years with four digits; PostgreSQL has no year 0. */
const commonYear = /^(?!0000)\d{4}-/;

/** A point in time of the years 1 to 9999 in one spelling; undefined when the text is none. */
export const timeFrom = (text: string | undefined): string | undefined => {
  const time = new Date(text ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return undefined;
  const spelled = time.toISOString();
  return commonYear.test(spelled) ? spelled : undefined;
};
