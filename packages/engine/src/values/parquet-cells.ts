import type { Cell, Kind } from './kinds.ts';
import { inUtc, isoDay, isoMoment } from './moments.ts';
import { plainDecimal, plainNumber } from './numbers.ts';
import { cellOfText } from './text-cells.ts';

const isInteger = (type: string): boolean => /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type);
const isDecimal = (type: string): boolean => type.startsWith('DECIMAL');
const isFloating = (type: string): boolean => type === 'FLOAT' || type === 'DOUBLE';
const isMoment = (type: string): boolean => /^TIMESTAMP(_S|_MS|_NS)?$/.test(type);
const isZonedMoment = (type: string): boolean => type === 'TIMESTAMP WITH TIME ZONE';

/** A value of a Parquet file as text: what a CSV file would have for it. */
const asText = (x: string, type: string): string => {
  if (type === 'VARCHAR') return x;
  if (isFloating(type)) return plainNumber(x);
  if (isDecimal(type)) return plainDecimal(x);
  if (isMoment(type)) return isoMoment(`${x}::TIMESTAMP`);
  if (isZonedMoment(type)) return isoMoment(`(${x} AT TIME ZONE 'UTC')`);
  if (type === 'DATE') return isoDay(x);
  if (type === 'BLOB') return `to_base64(${x})`;
  const isPlain = isInteger(type) || ['BOOLEAN', 'TIME', 'UUID'].includes(type);
  return isPlain ? `${x}::VARCHAR` : `to_json(${x})::VARCHAR`;
};

/** The value where the file's type is the column's already, without a way through text. */
const asIs = (x: string, type: string, kind: Kind): string | undefined => {
  if (kind === 'integer' && isInteger(type)) return `TRY_CAST(${x} AS BIGINT)`;
  if (kind === 'decimal' && (isInteger(type) || isDecimal(type))) return `TRY_CAST(${x} AS DECIMAL(38, 18))`;
  if (kind === 'double' && (isInteger(type) || isDecimal(type) || isFloating(type))) return `${x}::DOUBLE`;
  if (kind === 'boolean' && type === 'BOOLEAN') return x;
  if (kind === 'date' && type === 'DATE') return x;
  if (kind === 'time' && type === 'TIME') return x;
  if (kind === 'dateTime' && isZonedMoment(type)) return x;
  if (kind === 'dateTime' && (isMoment(type) || type === 'DATE')) return inUtc(`${x}::TIMESTAMP`);
  return undefined;
};

/** How a column of a Parquet file is read: as what, and what its cells are then. */
export const cellOfParquet = (column: string, type: string, kind: Kind, x: string): { source: string; cell: Cell } => {
  const typed = asIs(x, type, kind);
  if (typed === undefined) return { source: asText(column, type), cell: cellOfText(kind, x) };
  // A number may have more digits than its kind.
  const mayBeWrong = typed.startsWith('TRY_CAST');
  const isWrong = `${x} IS NOT NULL AND ${typed} IS NULL`;
  return { source: column, cell: { text: asText(x, type), typed, ...(mayBeWrong && { isWrong }) } };
};
