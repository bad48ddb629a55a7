import { makeStyles } from '@fluentui/react';
import type { Export } from '@junction/contracts';
import { capitalized } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { PathLine } from '../../../ui/path-line.tsx';
import { formatInWords, malformedRowsInWords, retentionInWords, rowLimitsInWords } from '../form/format-words.ts';
import { pathPattern } from '../form/path-pattern.ts';
import { sentRows, takesRows } from '../takes-rows.ts';

const useStyles = makeStyles((theme) => ({
  quiet: { color: theme.semanticColors.bodySubtext, display: 'block', fontSize: 12 },
}));

const rulesOf = ({ malformedRows, rowLimits }: Export) => [
  { term: 'Unreadable rows', value: capitalized(malformedRowsInWords(malformedRows)) },
  { term: 'Rows of a run', value: capitalized(rowLimitsInWords(rowLimits)) },
];

/** What a run writes, as what, and where. */
export const WhatIsWritten = ({ of }: { of: Export }) =>
  takesRows(of.type) ? (
    <DetailList items={[{ term: 'Sent', value: sentRows }, ...rulesOf(of)]} />
  ) : (
    <DetailList
      items={[
        { term: 'Format', value: formatInWords(of.format) },
        { term: 'Folder', value: of.folder === '' ? 'The connection’s own' : of.folder },
        { term: 'Path', value: <Path of={of} /> },
        { term: 'Kept', value: `Files ${retentionInWords(of.retention)}` },
        ...rulesOf(of),
      ]}
    />
  );

const Path = ({ of: { environmentId, folder, name, entities, format } }: { of: Export }) => {
  const styles = useStyles();
  const entityName = entities[0]?.name ?? '<entity>';
  return (
    <>
      <PathLine path={pathPattern({ environmentId, folder, exportName: name, entityName, format })} what="path" />
      <span className={styles.quiet}>Below the connection’s folder. Date and time are those of the run, in UTC.</span>
    </>
  );
};
