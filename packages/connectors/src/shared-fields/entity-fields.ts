import * as z from 'zod';
import type { FieldMeta } from '../manifest.ts';

/** Whether entities are read from here. */
export const ReadsEntities = z.boolean({ error: 'Say true or false.' }).default(false);

export const readsEntitiesMeta = {
  label: 'Read entities from a folder here',
  help: 'The tables that exports are made from, as audience insights and dataflows write them: folders with a model.json or a manifest.cdm.json.',
  control: 'toggle',
} satisfies FieldMeta;

/** What every entities folder has in common; its help is the connector's. */
export const entityFolderMeta = {
  label: 'Entities folder',
  placeholder: 'customer-insights/output',
  when: { field: 'readsEntities', is: true },
  isOptional: true,
} satisfies FieldMeta;

/** Where entities are read from, for a manifest with both settings. */
export const entityFolderOf = (settings: { readsEntities: boolean; entityFolder?: string }): string | undefined =>
  settings.readsEntities ? (settings.entityFolder ?? '') : undefined;
