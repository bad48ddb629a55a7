import { type Cell, isBlank, type Kind } from './kinds.ts';
import { dateCell, dateTimeCell, timeCell } from './moments.ts';
import { decimalCell, doubleCell, integerCell, isLike } from './numbers.ts';

const textCell = (x: string): Cell => ({ text: x, typed: x, isSound: 'true', isEmpty: isBlank(x) });

const guidCell = (x: string): Cell => {
  const isSound = isLike(x, '[{]?[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}[}]?');
  return {
    text: `nullif(${x}, '')`,
    // As guids are compared: without braces, in lower case.
    typed: `CASE WHEN ${isSound} THEN lower(trim(${x}, '{}')) END`,
    isSound,
    isEmpty: isBlank(x),
  };
};

const booleanCell = (x: string): Cell => {
  const typed = `CASE lower(${x}) WHEN 'true' THEN true WHEN '1' THEN true WHEN 'false' THEN false WHEN '0' THEN false END`;
  return {
    text: `CASE ${typed} WHEN true THEN 'true' WHEN false THEN 'false' END`,
    typed,
    isSound: `lower(${x}) IN ('true', 'false', '1', '0')`,
    isEmpty: isBlank(x),
  };
};

/** A value that the source has as text, by the kind of its column. */
export const cellOfText: Readonly<Record<Kind, (x: string) => Cell>> = {
  text: textCell,
  guid: guidCell,
  integer: integerCell,
  decimal: decimalCell,
  double: doubleCell,
  boolean: booleanCell,
  date: dateCell,
  time: timeCell,
  dateTime: dateTimeCell,
};
