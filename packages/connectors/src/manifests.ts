import type { Manifest } from './manifest.ts';

export * from './manifest.ts';

/** Every connector there is, as the browser knows it. Adding one is a folder and a line here and in runtime.ts. */
export const manifests = [] as const satisfies readonly Manifest[];

/** The manifest of a type; undefined when there is none. */
export const manifestOf = (type: string): Manifest | undefined =>
  (manifests as readonly Manifest[]).find((manifest) => manifest.type === type);
