import type { ExportRow } from '@junction/contracts';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { exportQuery, isNoSuchExport, knownRows } from '../api.ts';

export type ChosenExports = {
  isPending: boolean;
  /** Why some could not be read. */
  error: Error | null;
  /** The exports that are still there. */
  rows: readonly ExportRow[];
  refetch: () => unknown;
};

/** The exports that the address names with `?ids=`: what the list knows of them already, and the rest read one by one. */
export const useChosenExports = (environmentId: string): ChosenExports => {
  const client = useQueryClient();
  const [params] = useSearchParams();
  const ids = [...new Set((params.get('ids') ?? '').split(',').filter((id) => id !== ''))];
  // As they were when the dialog opened: a list that is read again meanwhile must not change what one is asked about.
  const [known] = useState(() => knownRows(client, environmentId));
  const unknown = ids.filter((id) => !known.has(id));
  const queries = useQueries({ queries: unknown.map((id) => exportQuery(environmentId, id)) });
  const readRows = new Map(unknown.map((id, index) => [id, queries[index]?.data]));
  return {
    isPending: queries.some(({ isPending }) => isPending),
    // What somebody else removed meanwhile needs nothing done.
    error: queries.find(({ error }) => error !== null && !isNoSuchExport(error))?.error ?? null,
    rows: ids.map((id) => known.get(id) ?? readRows.get(id)).filter((row) => row !== undefined),
    refetch: () => Promise.all(queries.map(({ refetch }) => refetch())),
  };
};
