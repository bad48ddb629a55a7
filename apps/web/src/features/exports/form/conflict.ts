import { type Export, scheduleInWords } from '@junction/contracts';
import { counted } from '../../../lib/sizes.ts';
import { someNames } from '../../../lib/words.ts';
import { filterOf } from './filter-tree.ts';
import { filterInWords } from './filter-words.ts';
import {
  type DefinitionPart,
  definitionOf,
  differingParts,
  type EntityDraft,
  type ExportValues,
  valuesOf,
} from './form-values.ts';
import { formatInWords, malformedRowsInWords, retentionInWords, rowLimitsInWords } from './format-words.ts';

export const partWords: Readonly<Record<DefinitionPart, string>> = {
  name: 'Display name',
  connectionId: 'Connection',
  entities: 'Entities',
  format: 'File format',
  folder: 'Folder',
  malformedRows: 'Malformed rows',
  rowLimits: 'Number of rows',
  retention: 'Files kept',
  schedule: 'Schedule',
};

const entityInWords = ({ about, columns, filter }: EntityDraft): string => {
  const of = [
    ...(columns === 'all' ? [] : [counted(columns.length, 'column')]),
    ...(filter === null ? [] : [filterInWords(filterOf(filter))]),
  ];
  return of.length === 0 ? about.name : `${about.name} (${of.join('; ')})`;
};

type NameOf = (connectionId: string) => string | undefined;

const inWords = (part: DefinitionPart, values: ExportValues, nameOf: NameOf): string => {
  const { name, connectionId, format, folder, malformedRows, rowLimits, retention, schedule } = definitionOf(values);
  const words: Readonly<Record<DefinitionPart, () => string>> = {
    name: () => name,
    connectionId: () => (connectionId === null ? 'none' : (nameOf(connectionId) ?? 'another connection')),
    entities: () => someNames(values.entities.map(entityInWords)),
    format: () => formatInWords(format),
    folder: () => (folder === '' ? 'none' : folder),
    malformedRows: () => malformedRowsInWords(malformedRows),
    rowLimits: () => rowLimitsInWords(rowLimits),
    retention: () => retentionInWords(retention),
    schedule: () => scheduleInWords(schedule),
  };
  return words[part]();
};

/** A part of the export that somebody else changed, in both versions; `isYours` when it was changed here too. */
export type Difference = { part: DefinitionPart; theirs: string; yours: string; isYours: boolean };

/** What somebody else changed since the form was opened, in words. */
export const differencesOf = (opened: Export, mine: ExportValues, saved: Export, nameOf: NameOf): Difference[] => {
  const [before, theirs] = [valuesOf(opened), valuesOf(saved)];
  const changedHere = differingParts(before, mine);
  return differingParts(before, theirs)
    .filter((part) => differingParts(mine, theirs).includes(part))
    .map((part) => ({
      part,
      theirs: inWords(part, theirs, nameOf),
      yours: inWords(part, mine, nameOf),
      isYours: changedHere.includes(part),
    }));
};

/** Both versions as one: what was changed here stays, the rest is as somebody else saved it. */
export const mergedValues = (opened: Export, mine: ExportValues, saved: Export): ExportValues => {
  const changedHere = differingParts(valuesOf(opened), mine);
  const kept = Object.fromEntries(changedHere.map((part) => [part, mine[part]]));
  return { ...valuesOf(saved), ...kept };
};
