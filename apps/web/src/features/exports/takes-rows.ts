import { manifestOf } from '@junction/connectors/manifests';

/** Whether a type of connection is given rows, which have no format, no folder and no files to keep. */
export const takesRows = (type: string | null | undefined): boolean => manifestOf(type ?? '')?.takes === 'rows';

/** What such a connection is sent instead of files. */
export const sentRows =
  'Rows as NDJSON, in batches and with the names of their columns; a closing message says when a run is complete.';
