import { makeStyles } from '@fluentui/react';
import { consequencesOf, type Usage } from './removal-words.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 4 } },
});

/** What becomes of everything that depends on the connections, one line each. */
export const Consequences = ({ id, usages }: { id: string; usages: readonly Usage[] }) => (
  <ul id={id} className={useStyles().list} aria-label="What will happen">
    {consequencesOf(usages).map((consequence) => (
      <li key={consequence}>{consequence}</li>
    ))}
  </ul>
);
