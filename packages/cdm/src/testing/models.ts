type Json = Record<string, unknown>;

/** The text of a model.json. */
export const model = (entities: unknown, rest: Json = {}): string =>
  JSON.stringify({ name: 'Model', version: '1.0', entities, ...rest });

/** A LocalEntity with one column and no partitions. */
export const entity = (name: string, rest: Json = {}): Json => ({
  $type: 'LocalEntity',
  name,
  attributes: [{ name: 'Id', dataType: 'string' }],
  ...rest,
});

/** A partition that is CSV as the schema's defaults say. */
export const partition = (location: string, rest: Json = {}): Json => ({ name: 'Part', location, ...rest });
