import { Link, makeStyles } from '@fluentui/react';
import type { ExportRow } from '@junction/contracts';
import { useState } from 'react';
import { formatNumber } from '../../../lib/words.ts';

const useStyles = makeStyles({ list: { margin: '4px 0 0', paddingInlineStart: 20, overflowWrap: 'anywhere' } });

/** Names that a dialog shows before somebody asks for the rest, so that its buttons stay in sight. */
const namedAtFirst = 8;

/** The names of the exports that something happens to; of many the rest on demand. */
export const Names = ({ rows }: { rows: readonly ExportRow[] }) => {
  const styles = useStyles();
  const [isWhole, setIsWhole] = useState(rows.length <= namedAtFirst + 1);
  const shown = isWhole ? rows : rows.slice(0, namedAtFirst);
  return (
    <>
      <ul className={styles.list} aria-label="Exports">
        {shown.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {!isWhole && <Link onClick={() => setIsWhole(true)}>and {formatNumber(rows.length - namedAtFirst)} more</Link>}
    </>
  );
};
