import { makeStyles } from '@fluentui/react';
import { formatNumber } from '../../lib/words.ts';
import { Card } from '../../ui/card.tsx';
import { noteWords } from './note-words.ts';
import { useReportView } from './report-view.ts';

const useStyles = makeStyles((theme) => ({
  list: { margin: '0 0 16px', paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 6 } },
  text: { margin: '0 0 16px', lineHeight: '20px' },
  privacy: {
    margin: 0,
    paddingTop: 12,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
    color: theme.semanticColors.bodySubtext,
    lineHeight: '20px',
  },
}));

/** What was odd in the data and what became of it, and what the report keeps to itself. */
export const NotesCard = () => {
  const styles = useStyles();
  const { notes, threshold } = useReportView().report;
  return (
    <Card title="About this report">
      {notes.length === 0 ? (
        <p className={styles.text}>Nothing odd was found in the data.</p>
      ) : (
        <ul className={styles.list} aria-label="What was found in the data">
          {notes.map((note) => (
            <li key={note.code}>{noteWords(note)}</li>
          ))}
        </ul>
      )}
      <p className={styles.privacy}>
        Groups of fewer than {formatNumber(threshold)} people are hidden, and some others, too, so that the hidden ones
        cannot be worked out. The report has only such counts: nobody can look at single people here. That you looked at
        it is recorded.
      </p>
    </Card>
  );
};
