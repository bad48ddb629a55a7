import type { ProfileFilter, ProfileReport } from '@junction/contracts';
import { dayOf } from '../../ui/dates.ts';
import type { Viewer } from '../../ui/viewer.tsx';
import type { CsvCell } from './csv.ts';
import { fileName } from './download.ts';
import { filteringCharts } from './filters.ts';
import type { Mark } from './marks.ts';
import { filterName, hiddenWords } from './words.ts';

/** A chart that somebody takes with them. */
export type Download = {
  title: string;
  head: readonly [value: string, count: string];
  marks: readonly Mark[];
  report: ProfileReport;
  filter: ProfileFilter;
};

/** Shares are written to this many digits after the point. */
const shareDigits = 4;

const filterNames = (filter: ProfileFilter): string =>
  filteringCharts(filter)
    .map((chart) => filterName(chart, filter[chart] ?? ''))
    .join('; ');

/** The chart as a table for other programs: numbers without separators, nothing where a bar is hidden, and in each row what it is about. */
export const chartRows = ({ head, marks, report, filter }: Download): CsvCell[][] => [
  [...head, 'Share', 'Hidden', 'Filtered by', 'Data as of'],
  ...marks.map(({ name, people, share }) => [
    name,
    people,
    share === null ? null : Number(share.toFixed(shareDigits)),
    people === null ? 'yes' : 'no',
    filterNames(filter),
    report.dataAsOf ?? report.importedAt,
  ]),
];

/** The day as in files' names: "2026-11-20". */
const dayLength = 10;

export const downloadName = ({ title, report }: Download, ending: 'csv' | 'png'): string =>
  fileName([report.connection.name, title, (report.dataAsOf ?? report.importedAt).slice(0, dayLength)], ending);

/** What is written above a picture of the chart, below its title. */
export const pictureLines = ({ marks, report, filter }: Download, viewer: Viewer): string[] => {
  const filters = filterNames(filter);
  return [
    `${report.connection.name} · Data as of ${dayOf(report.dataAsOf ?? report.importedAt, viewer)}`,
    ...(filters === '' ? [] : [`Filtered by ${filters}`]),
    ...(marks.some(({ people }) => people === null) ? [`Hatched: ${hiddenWords(report.threshold)}`] : []),
  ];
};
