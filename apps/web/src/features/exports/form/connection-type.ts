import type { ConnectionOption } from '@junction/contracts';
import { useConnectionOptions } from './connection-options.ts';
import { noConnection } from './form-values.ts';

/** The type of the chosen connection, once it is known; `saved` is the one that the export has. */
export const useConnectionType = (
  environmentId: string,
  connectionId: string,
  saved: ConnectionOption | null | undefined,
): string | undefined => {
  const isSought = connectionId !== '' && connectionId !== noConnection && connectionId !== saved?.id;
  const { chosen } = useConnectionOptions(environmentId, isSought ? connectionId : undefined);
  return connectionId === saved?.id ? saved.type : chosen?.type;
};
