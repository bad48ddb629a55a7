import { makeStyles } from '@fluentui/react';
import type { RunDetails } from '@junction/contracts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { PathLine } from '../../../ui/path-line.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';

const useStyles = makeStyles((theme) => ({
  quiet: { color: theme.semanticColors.bodySubtext, margin: 0 },
}));

type Written = NonNullable<RunDetails['written']>;

/** Where other tools find what this run has written. */
export const RunFiles = ({ run, written }: { run: RunDetails; written: Written }) => {
  const styles = useStyles();
  if (run.filesRemovedAt !== null)
    return (
      <p className={styles.quiet}>
        Removed <RelativeTime at={run.filesRemovedAt} />: the export does not keep the files of runs that old.
      </p>
    );
  const items = [
    { term: 'Place', path: written.location, what: 'place' },
    { term: 'Manifest', path: written.manifest, what: 'path of the manifest' },
    { term: 'Model', path: written.model, what: 'path of the model' },
  ];
  return (
    <DetailList
      items={items.flatMap(({ term, path, what }) =>
        path === null ? [] : [{ term, value: <PathLine path={path} what={what} /> }],
      )}
    />
  );
};
