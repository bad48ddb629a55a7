import type { Actor, ConnectorView } from '@junction/contracts';
import * as z from 'zod';
import type { House } from '../../house.ts';

const toJsonSchema = (schema: z.ZodType) => {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return jsonSchema;
};

/** Every type of connection as programs need it; the settings and secrets as JSON Schema, with the words that forms show. */
export const listConnectors = async (
  { connectors }: Pick<House, 'connectors'>,
  _actor: Actor,
): Promise<{ value: ConnectorView[] }> => ({
  value: connectors.map(({ manifest }) => ({
    type: manifest.type,
    label: manifest.label,
    category: manifest.category,
    description: manifest.description,
    capabilities: [...manifest.capabilities],
    steps: [...manifest.steps],
    settings: toJsonSchema(manifest.settings),
    secrets: toJsonSchema(manifest.secrets),
  })),
});
