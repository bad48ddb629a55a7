import { makeStyles } from '@fluentui/react';
import { ExportFolder, ExportName } from '@junction/contracts';
import { sentRows } from '../takes-rows.ts';
import { definitionOf } from './form-values.ts';
import { pathPattern } from './path-pattern.ts';
import { summaryInWords } from './summary-words.ts';
import type { ExportForm } from './use-export-form.ts';

/** Entities whose files are shown; the others are like them. */
const shownPaths = 3;

const useStyles = makeStyles((theme) => ({
  root: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    padding: '8px 12px',
    background: theme.semanticColors.bodyStandoutBackground,
    display: 'flex',
    flexDirection: 'column',
    gap: 8,
  },
  words: { margin: 0, lineHeight: '20px' },
  note: { margin: 0, fontSize: 12, color: theme.semanticColors.bodySubtext },
  paths: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 4 },
  path: { fontFamily: "Consolas, 'Liberation Mono', Menlo, monospace", fontSize: 12, overflowWrap: 'anywhere' },
}));

/** What is going to be written and where, while it is being entered. */
export const ExportSummary = ({ environmentId, form }: { environmentId: string; form: ExportForm }) => {
  const styles = useStyles();
  const { values, known, hasFiles } = form;
  const { format } = definitionOf(values);
  // What cannot be saved is no part of a path.
  const exportName = ExportName.safeParse(values.name).data ?? '<name>';
  const folder = ExportFolder.safeParse(values.folder).data ?? '<folder>';
  const more = values.entities.length - shownPaths;
  return (
    <div className={styles.root}>
      <p className={styles.words} aria-live="polite">
        {values.entities.length === 0
          ? `This shows what is ${hasFiles ? 'written' : 'sent'} once an entity is chosen.`
          : `${summaryInWords(values, known, hasFiles)}.`}
      </p>
      {!hasFiles && <p className={styles.note}>{sentRows}</p>}
      {hasFiles && values.entities.length > 0 && (
        <>
          <p className={styles.note}>
            Each run writes new files below the folder of the connection, by its time in UTC:
          </p>
          <ul className={styles.paths}>
            {values.entities.slice(0, shownPaths).map(({ entityId, about }) => (
              <li key={entityId} className={styles.path}>
                {pathPattern({
                  environmentId,
                  folder,
                  exportName,
                  entityName: about.name,
                  format,
                })}
              </li>
            ))}
          </ul>
          {more > 0 && <p className={styles.note}>and {more} more like these.</p>}
        </>
      )}
    </div>
  );
};
