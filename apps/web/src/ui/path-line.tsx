import { makeStyles } from '@fluentui/react';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 8 },
  path: { fontFamily: "Consolas, 'Liberation Mono', Menlo, monospace", fontSize: 12, overflowWrap: 'anywhere' },
});

/** A path that can be copied. `what` names it for people: "path of the manifest". */
export const PathLine = ({ path, what }: { path: string; what: string }) => {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <span className={styles.path}>{path}</span>
      <CopyButton text={path} what={what} />
    </div>
  );
};
