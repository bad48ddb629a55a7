import { makeStyles } from '@fluentui/react';
import type { SharingView } from '@junction/contracts';
import { sharingInShort } from './sharing.ts';

const useStyles = makeStyles((theme) => ({
  names: { margin: '4px 0 0', paddingInlineStart: 18, color: theme.semanticColors.bodySubtext },
}));

/** Who can use a connection, with every name. */
export const SharedWithWhom = ({ sharing }: { sharing: SharingView }) => {
  const styles = useStyles();
  return (
    <>
      {sharingInShort(sharing)}
      {sharing.sharedWith === 'namedContributors' && (
        <ul className={styles.names}>
          {sharing.people.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      )}
    </>
  );
};
