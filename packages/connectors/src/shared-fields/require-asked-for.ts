import type * as z from 'zod';
import { isAskedFor, metaOf } from '../manifest.ts';

/** Refines settings: says for each one that the other settings ask for that it is missing. */
export const requireAskedFor =
  (shape: z.ZodRawShape) =>
  (settings: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
    for (const [name, schema] of Object.entries(shape)) {
      const meta = metaOf(schema as z.ZodType);
      if (meta.when === undefined || meta.isOptional || !isAskedFor(meta, settings)) continue;
      if (settings[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: `Enter the ${meta.label}.` });
    }
  };
