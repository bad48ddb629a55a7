import { Checkbox, Icon, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Entity } from '@junction/contracts';
import { counted, sizeInWords } from '../../../lib/sizes.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { rowsInWords } from './summary-words.ts';

const useStyles = makeStyles((theme) => ({
  row: { padding: '6px 0', minWidth: 0 },
  facts: {
    paddingInlineStart: 28,
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    overflowWrap: 'anywhere',
  },
  problem: { display: 'flex', gap: 6, alignItems: 'baseline', color: theme.semanticColors.bodyText },
  icon: { color: theme.semanticColors.severeWarningIcon, flexShrink: 0, alignSelf: 'flex-start' },
}));

type Props = { entity: Entity; isChosen: boolean; isDisabled?: boolean; onChange: (isChosen: boolean) => void };

/** An entity to check, with what the metadata says of it; one that cannot be read says why. */
export const EntityRow = ({ entity, isChosen, isDisabled, onChange }: Props) => {
  const styles = useStyles();
  const factsId = useId('entity');
  const { name, description, columnCount, rowCount, bytes, refreshedAt, problem } = entity;
  return (
    <div className={styles.row} title={description}>
      <Checkbox
        label={name}
        checked={isChosen}
        // What is chosen already can be taken back.
        disabled={isDisabled || (problem !== null && !isChosen)}
        ariaDescribedBy={factsId}
        onChange={(_, isChecked = false) => onChange(isChecked)}
      />
      <div id={factsId} className={styles.facts}>
        {problem !== null && (
          <div className={styles.problem}>
            <Icon iconName="WarningFilled" className={styles.icon} aria-hidden />
            <span>
              Cannot be read: {problem.message}
              {problem.remedy !== undefined && ` ${problem.remedy}`}
            </span>
          </div>
        )}
        {[rowsInWords(rowCount), ...(bytes === null ? [] : [sizeInWords(bytes)]), counted(columnCount, 'column')].join(
          ' · ',
        )}
        {refreshedAt !== null && (
          <>
            {' · refreshed '}
            <RelativeTime at={refreshedAt} />
          </>
        )}
      </div>
    </div>
  );
};
