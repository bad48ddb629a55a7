import * as contract from '@junction/contracts';
import { useRef, useState } from 'react';
import { call } from '../../../lib/call.ts';
import type { Reading } from '../form/form-values.ts';

export type Columns =
  | { status: 'unknown' | 'reading' }
  | { status: 'known'; value: contract.ProfileColumns }
  | { status: 'failed'; error: Error };

/** The columns of the customers in a lake that is not connected yet; only the last reading that was asked for counts. */
export const useColumns = (environmentId: string, type: string) => {
  const [columns, setColumns] = useState<Columns>({ status: 'unknown' });
  const asked = useRef(0);
  return {
    columns,
    /** Resolves to undefined when they could not be read, or something else was asked for meanwhile. */
    read: async ({ settings, secrets }: Pick<Reading, 'settings' | 'secrets'>) => {
      asked.current += 1;
      const mine = asked.current;
      setColumns({ status: 'reading' });
      try {
        const value = await call(contract.readDraftProfileColumns, {
          params: { environmentId },
          body: { type, settings, secrets },
        });
        if (mine !== asked.current) return undefined;
        setColumns({ status: 'known', value });
        return value;
      } catch (thrown) {
        if (mine === asked.current)
          setColumns({ status: 'failed', error: thrown instanceof Error ? thrown : new Error(String(thrown)) });
        return undefined;
      }
    },
    /** For another lake: what is known is about the one before. */
    forget: () => {
      asked.current += 1;
      setColumns({ status: 'unknown' });
    },
  };
};
