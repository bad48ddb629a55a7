import { DefaultButton, makeStyles, PrimaryButton } from '@fluentui/react';
import { useEffect, useRef } from 'react';
import { ButtonRow } from '../../../ui/button-row.tsx';
import { type Difference, partWords } from './conflict.ts';

const useStyles = makeStyles((theme) => ({
  root: {
    border: `1px solid ${theme.semanticColors.severeWarningIcon}`,
    borderRadius: 4,
    background: theme.semanticColors.warningBackground,
    color: theme.semanticColors.messageText,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: 12,
  },
  title: { margin: 0, fontSize: 14, fontWeight: 600, outline: 'none' },
  text: { margin: 0, lineHeight: '20px' },
  list: { margin: 0, display: 'flex', flexDirection: 'column', gap: 8 },
  part: { fontWeight: 600 },
  value: { margin: 0, overflowWrap: 'anywhere', lineHeight: '20px' },
}));

type Props = { differences: readonly Difference[]; onLoadTheirs: () => void; onKeepMine: () => void };

/** That somebody else saved first: what they changed beside what stands here, and what to do about it. Nothing typed is lost. */
export const ConflictNote = ({ differences, onLoadTheirs, onKeepMine }: Props) => {
  const styles = useStyles();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className={styles.root} aria-label="Somebody else’s change">
      <h2 ref={title} tabIndex={-1} className={styles.title}>
        Somebody else saved this export after you opened it
      </h2>
      <p className={styles.text}>Nothing of yours is saved yet; it is all still below. They changed:</p>
      <dl className={styles.list}>
        {differences.map(({ part, theirs, yours, isYours }) => (
          <div key={part}>
            <dt className={styles.part}>
              {partWords[part]}
              {isYours && ' (you changed this too)'}
            </dt>
            <dd className={styles.value}>Their version: {theirs}</dd>
            <dd className={styles.value}>Yours: {yours}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.text}>
        Keeping your changes takes over what only they changed; where you both changed something, yours stays.
      </p>
      <ButtonRow>
        <PrimaryButton text="Keep my changes" onClick={onKeepMine} />
        <DefaultButton text="Load their version" onClick={onLoadTheirs} />
      </ButtonRow>
    </section>
  );
};
