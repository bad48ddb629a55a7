import type { CatalogProblem } from './catalog.ts';
import { catalogLimits } from './limits.ts';
import { isObject } from './raw.ts';
import { type Json, problem } from './read-json.ts';

/** Attributes as a model.json has them, or why there are none. */
export type ManifestColumns = { attributes: Json[] } | { problem: CatalogProblem };

/**
 * The words of a model.json for the formats of resolved definitions (CdmDataFormat) and for the data types of CDM's primitives
 * (https://github.com/microsoft/CDM/blob/master/schemaDocuments/primitives.cdm.json, foundations.cdm.json), in lower case.
 */
const dataTypes: ReadonlyMap<string, string> = new Map([
  ...['byte', 'int16', 'int32', 'int64', 'integer', 'smallinteger', 'biginteger', 'year'].map(
    (name) => [name, 'int64'] as const,
  ),
  ...['float', 'double'].map((name) => [name, 'double'] as const),
  ...['decimal', 'currency', 'basecurrency'].map((name) => [name, 'decimal'] as const),
  ...['string', 'char', 'name', 'fullname', 'firstname', 'lastname', 'email', 'phone', 'url', 'city', 'country'].map(
    (name) => [name, 'string'] as const,
  ),
  ...['guid', 'entityid'].map((name) => [name, 'guid'] as const),
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ['datetime', 'dateTime'],
  ['datetimeoffset', 'dateTimeOffset'],
  ['json', 'json'],
]);

/** A name, or an object that refers to one by this key. */
export const referenceOf = (value: unknown, key: string): string | undefined => {
  const name = isObject(value) ? value[key] : value;
  return typeof name === 'string' ? name : undefined;
};

const dataTypeOf = ({ dataFormat, dataType }: Json): string => {
  const stated = (typeof dataFormat === 'string' ? dataFormat : referenceOf(dataType, 'dataTypeReference')) ?? '';
  return dataTypes.get(stated.trim().toLowerCase()) ?? stated;
};

const unresolved = (what: string): CatalogProblem =>
  problem(
    'columnsUnresolved',
    `The definition of the entity takes columns from ${what}; only definitions with all of their columns can be read.`,
    'Have its writer put resolved definitions beside the manifest.',
  );

const isAttribute = (member: unknown): member is Json =>
  isObject(member) && ('dataType' in member || 'dataFormat' in member || typeof member.name === 'string');

/** Collects the attributes of a list, in their order, also those of groups within; returns what cannot be read. */
const collect = (members: readonly unknown[], found: Json[], depth: number): CatalogProblem | undefined => {
  if (depth > catalogLimits.unknownDepth) return unresolved('groups of groups without an end');
  for (const member of members) {
    // One more than there may be tells that there are too many.
    if (found.length > catalogLimits.columns) return undefined;
    if (typeof member === 'string') return unresolved(`"${member}"`);
    if (isObject(member) && 'entity' in member) return unresolved('another entity');
    if (isObject(member) && 'attributeGroupReference' in member) {
      const group = member.attributeGroupReference;
      if (!isObject(group) || !Array.isArray(group.members)) return unresolved('a group that is elsewhere');
      const wrong = collect(group.members, found, depth + 1);
      if (wrong !== undefined) return wrong;
      continue;
    }
    found.push(
      isAttribute(member)
        ? { name: member.name, dataType: dataTypeOf(member), description: member.description ?? member.displayName }
        : {},
    );
  }
  return undefined;
};

/** The columns of a definition of an entity (`hasAttributes`). */
export const manifestColumns = ({ extendsEntity, hasAttributes }: Json): ManifestColumns => {
  const base = referenceOf(extendsEntity, 'entityReference');
  if (extendsEntity !== undefined && extendsEntity !== null && !/(?:^|\/)CdmEntity$/.test(base ?? ''))
    return { problem: unresolved(`the entity "${base ?? 'that it extends'}"`) };
  if (!Array.isArray(hasAttributes))
    return {
      problem: problem(
        'columnsMissing',
        'The definition of the entity has no list of attributes.',
        'Have its writer write the definition again.',
      ),
    };
  const attributes: Json[] = [];
  const wrong = collect(hasAttributes, attributes, 0);
  return wrong === undefined ? { attributes } : { problem: wrong };
};
