import { engineLimits } from './limits.ts';
import type { MalformedRow } from './malformed.ts';
import { sourceBytes } from './read/source-bytes.ts';
import { walkRows } from './read/walk-rows.ts';
import type { ReadyFile } from './rows-sql.ts';
import type { WrongRow } from './wrong-rows.ts';

/** A malformed row with what stands in the file. */
export type FoundRow = MalformedRow & { content: string };

/** Goes through a CSV file again and gives what is malformed in it, with its line. */
export const visitMalformedRows = async (
  file: ReadyFile,
  wrong: ReadonlyMap<number, WrongRow>,
  signal: AbortSignal,
  visit: (row: FoundRow) => void,
  settle?: () => Promise<void>,
): Promise<void> => {
  const name = file.source.name;
  if (file.type === 'parquet') {
    for (const [number, { column, content }] of wrong) {
      visit({
        file: name,
        line: number,
        reason: 'wrongType',
        column,
        content: (content ?? '').slice(0, engineLimits.setAsideBytes),
      });
    }
    await settle?.();
    return;
  }
  let number = 0;
  const bytes = sourceBytes(file.source, { isCut: false, signal, onBytes: () => undefined });
  await walkRows(
    bytes,
    file.dialect,
    { isCut: false },
    {
      row: ({ bytes, span, line, isHeader, isBlank, reason }) => {
        if (isHeader || (isBlank && !reason)) return;
        if (!reason) number += 1;
        const column = reason ? undefined : wrong.get(number)?.column;
        if (!reason && column === undefined) return;
        const end = Math.min(span.end, span.start + engineLimits.setAsideBytes);
        visit({
          file: name,
          line,
          reason: reason ?? 'wrongType',
          column,
          content: bytes.toString('utf8', span.start, end),
        });
      },
      settle,
    },
  );
};
