import { type Manifest, manifestOf, manifests, takesOf } from '@junction/connectors/manifests';

/** Whether a type of connection is given rows, which have no format, no folder and no files to keep. */
export const takesRows = (type: string | null | undefined): boolean => manifestOf(type ?? '')?.takes === 'rows';

/** The types of connection that take what exports of all these types send; undefined where nothing is known of that, or they differ. */
export const typesThatTake = (types: readonly (string | null)[]): string[] | undefined => {
  const known = types.flatMap((type) => manifestOf(type ?? '') ?? []);
  const taken = new Set(known.map(takesOf));
  if (taken.size !== 1) return undefined;
  const destinations = manifests.filter((to: Manifest) => to.capabilities.includes('destination'));
  return destinations.filter((to) => taken.has(takesOf(to))).map(({ type }) => type);
};

/** What such a connection is sent instead of files. */
export const sentRows =
  'Rows as NDJSON, in batches and with the names of their columns; a closing message says when a run is complete.';
