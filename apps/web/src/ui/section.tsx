import { makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';

const useStyles = makeStyles({ title: { fontSize: 14, fontWeight: 600, lineHeight: '20px', margin: '8px 0' } });

/** A part of the details under its heading. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => {
  const styles = useStyles();
  const titleId = useId('section');
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  );
};
