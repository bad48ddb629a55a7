import { type Plan, type PlannedColumn, textOf, typedOf } from '../plan.ts';
import type { OutputFormat } from '../selection.ts';
import { hasOwnType } from '../values/kinds.ts';
import { isoDay, isoMoment } from '../values/moments.ts';
import { plainDecimal, plainNumber } from '../values/numbers.ts';
import { withoutFormula } from './csv-text.ts';
import { csvShown } from './output-sql.ts';

/** A value of a Parquet file as people read it. */
const stored = (column: PlannedColumn): string => {
  if (!hasOwnType(column.kind)) return textOf(column);
  const value = typedOf(column);
  if (column.kind === 'date') return isoDay(value);
  if (column.kind === 'dateTime') return isoMoment(`${value} AT TIME ZONE 'UTC'`);
  if (column.kind === 'double') return plainNumber(value);
  if (column.kind === 'decimal') return plainDecimal(value);
  return `${value}::VARCHAR`;
};

/** The names of the columns of an output, and their values as text. */
export const shownSql = ({ outputs }: Plan, format: OutputFormat): { names: string[]; select: string } => {
  const escapes = format.type !== 'parquet' && format.type !== 'ndjson' && format.escapeFormulas === true;
  const shown = (column: PlannedColumn): string => {
    if (format.type === 'parquet') return stored(column);
    return csvShown(column, { escapeFormulas: escapes });
  };
  return {
    names: outputs.map(({ name }) => (escapes ? withoutFormula(name) : name)),
    select: outputs.map(({ column }) => shown(column)).join(', '),
  };
};
