import { Link as FluentLink, hiddenContentStyle, Icon, makeStyles } from '@fluentui/react';
import { type ConnectionDraftStep, connectionDraftSteps } from '@junction/contracts';
import { Link } from 'react-router';
import { isReachable, type Progress, stepWords } from './steps.ts';

const useStyles = makeStyles((theme) => ({
  list: { display: 'flex', flexWrap: 'wrap', gap: '8px 0', listStyle: 'none', margin: '0 0 16px', padding: 0 },
  step: {
    display: 'flex',
    alignItems: 'center',
    '& + &::before': {
      content: '""',
      width: 'clamp(12px, 4vw, 48px)',
      margin: '0 clamp(6px, 1.5vw, 12px)',
      borderTop: `1px solid ${theme.palette.neutralTertiary}`,
    },
  },
  label: { display: 'inline-flex', alignItems: 'center', gap: 8, lineHeight: '24px' },
  link: { display: 'inline-flex' },
  current: { fontWeight: 600 },
  quiet: { color: theme.semanticColors.bodySubtext },
  mark: {
    display: 'inline-grid',
    placeItems: 'center',
    boxSizing: 'border-box',
    width: 24,
    height: 24,
    borderRadius: '50%',
    fontSize: 12,
    fontWeight: 600,
    border: `1px solid ${theme.palette.neutralSecondary}`,
  },
  markCurrent: {
    borderColor: theme.semanticColors.primaryButtonBackground,
    background: theme.semanticColors.primaryButtonBackground,
    color: theme.semanticColors.primaryButtonText,
  },
  markDone: { borderColor: theme.palette.themePrimary, color: theme.palette.themePrimary },
  hidden: hiddenContentStyle,
}));

type Props = {
  current: ConnectionDraftStep;
  progress: Progress;
  /** The address of a step. */
  pathOf: (step: ConnectionDraftStep) => string;
};

/** The steps of the wizard: which one this is, which ones are done, and the way to those that can be gone to. */
export const StepNav = ({ current, progress, pathOf }: Props) => {
  const styles = useStyles();
  return (
    <nav aria-label="Steps">
      <ol className={styles.list}>
        {connectionDraftSteps.map((step, index) => {
          const isCurrent = step === current;
          const canGo = isReachable(step, progress);
          const following = connectionDraftSteps[index + 1];
          const isDone = !isCurrent && canGo && following !== undefined && isReachable(following, progress);
          const mark = isCurrent ? styles.markCurrent : isDone ? styles.markDone : '';
          const content = (
            <span className={`${styles.label} ${isCurrent ? styles.current : canGo ? '' : styles.quiet}`}>
              <span className={`${styles.mark} ${mark}`} aria-hidden>
                {isDone ? <Icon iconName="CheckMark" /> : index + 1}
              </span>
              {stepWords[step]}
              {isDone && <span className={styles.hidden}> (done)</span>}
            </span>
          );
          return (
            <li key={step} className={styles.step} aria-current={isCurrent ? 'step' : undefined}>
              {canGo && !isCurrent ? (
                <FluentLink as={Link} className={styles.link} to={pathOf(step)}>
                  {content}
                </FluentLink>
              ) : (
                content
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
};
