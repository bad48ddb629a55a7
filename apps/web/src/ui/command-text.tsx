import { makeStyles } from '@fluentui/react';
import { Fragment } from 'react';

const useStyles = makeStyles({
  root: {
    margin: 0,
    fontFamily: 'Consolas, "Cascadia Mono", Menlo, monospace',
    fontSize: 12,
    lineHeight: '18px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  word: { display: 'inline-block', maxWidth: '100%' },
});

/** A command to be copied. Its lines break between words only, so that no option or ID is torn apart at a hyphen unless it is longer than a line. */
export const CommandText = ({ children }: { children: string }) => {
  const styles = useStyles();
  let at = 0;
  return (
    <pre className={styles.root}>
      <code>
        {children.split(' ').map((word, index) => {
          const key = at;
          at += word.length + 1;
          return (
            <Fragment key={key}>
              {index > 0 && ' '}
              <span className={styles.word}>{word}</span>
            </Fragment>
          );
        })}
      </code>
    </pre>
  );
};
