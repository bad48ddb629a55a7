import { makeStyles } from '@fluentui/react';
import type { RunDetails } from '@junction/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DetailList } from '../../../ui/detail-list.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';

const useStyles = makeStyles((theme) => ({
  place: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 8 },
  path: { fontFamily: "Consolas, 'Liberation Mono', Menlo, monospace", fontSize: 12, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
}));

type Written = NonNullable<RunDetails['written']>;

/** The files that tell other tools what this run has written. */
export const RunFiles = ({ run, written }: { run: RunDetails; written: Written }) => {
  const styles = useStyles();
  if (run.filesRemovedAt !== null)
    return (
      <p className={styles.quiet}>
        Removed <RelativeTime at={run.filesRemovedAt} />, because the export keeps the files of fewer runs.
      </p>
    );
  const items = [
    { term: 'Place', value: written.location },
    ...(written.manifest === null ? [] : [{ term: 'Manifest', value: written.manifest }]),
    ...(written.model === null ? [] : [{ term: 'Model', value: written.model }]),
  ];
  return (
    <DetailList
      items={items.map(({ term, value }) => ({
        term,
        value: (
          <div className={styles.place}>
            <span className={styles.path}>{value}</span>
            <CopyButton text={value} what={`path of the ${term.toLowerCase()}`} />
          </div>
        ),
      }))}
    />
  );
};
