import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { accessWarnings, type Reader } from './outside.ts';

const useStyles = makeStyles({ list: { margin: 0, padding: 0, listStyle: 'none' } });

/** What to think about before these people can see profile data. */
export const AccessWarning = ({ people, ownEmail }: { people: readonly Reader[]; ownEmail: string }) => {
  const styles = useStyles();
  const warnings = accessWarnings(people, ownEmail);
  return (
    <div role="status">
      {warnings.length > 0 && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          <ul className={styles.list}>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </MessageBar>
      )}
    </div>
  );
};
