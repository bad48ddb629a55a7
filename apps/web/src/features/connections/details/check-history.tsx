import { ActionButton, DefaultButton, type IButtonStyles, makeStyles, Shimmer } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { manifestOf } from '@junction/connectors/manifests';
import type { CheckRecord, Connection } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckSteps, durationText } from '../../../ui/check-steps.tsx';
import { exactTime } from '../../../ui/dates.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { HealthStrip, OutcomeLabel } from '../../../ui/health-strip.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { checksQuery } from '../api.ts';
import { stepsOfResult } from '../check/check-progress.ts';
import { triggerWords } from '../words.ts';

/** What fits into the strip at its narrowest. */
const barsAtMost = 30;

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: '12px 0 0',
    padding: 0,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  entry: { borderBottom: `1px solid ${theme.semanticColors.bodyDivider}` },
  line: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', alignItems: 'center', flex: 1 },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
  steps: { padding: '0 8px 12px 32px' },
  more: { marginTop: 12 },
}));

/** As wide as the list, with its content at the start. */
const headStyles: IButtonStyles = {
  root: { display: 'flex', width: '100%', minHeight: 40, height: 'auto', padding: 0, textAlign: 'start' },
  flexContainer: { width: '100%', justifyContent: 'flex-start' },
};

/** The checks of a connection, newest first: as a strip, and one by one with their steps. */
export const CheckHistory = ({ connection }: { connection: Connection }) => {
  const styles = useStyles();
  const viewer = useViewer();
  const history = useInfiniteQuery(checksQuery(connection.environmentId, connection.id));
  const checks = history.data;
  if (checks === undefined)
    return history.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The checks could not be loaded" error={history.error} onRetry={() => history.refetch()} />
    );
  if (checks.length === 0) return <p className={styles.quiet}>It has not been checked yet.</p>;
  const bars = checks
    .slice(0, barsAtMost)
    .map(({ id, outcome, startedAt, durationMs }) => ({ id, outcome, at: startedAt, durationMs }));
  return (
    <>
      <HealthStrip checks={bars} timeText={(at) => exactTime(at, viewer)} />
      <ul className={styles.list} aria-label="Checks, newest first">
        {checks.map((check) => (
          <CheckEntry key={check.id} check={check} type={connection.type} />
        ))}
      </ul>
      {history.hasNextPage && (
        <DefaultButton
          className={styles.more}
          text={history.isFetchingNextPage ? 'Loading …' : 'Show older checks'}
          disabled={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        />
      )}
    </>
  );
};

const CheckEntry = ({ check, type }: { check: CheckRecord; type: string }) => {
  const styles = useStyles();
  const bodyId = useId('check');
  const [isOpen, setIsOpen] = useState(false);
  const steps = manifestOf(type)?.steps ?? [];
  return (
    <li className={styles.entry}>
      <ActionButton
        styles={headStyles}
        iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={styles.line}>
          <OutcomeLabel outcome={check.outcome} />
          <RelativeTime at={check.startedAt} />
          <span className={styles.quiet}>
            {triggerWords[check.trigger]}
            {check.by !== null && ` by ${check.by.name}`} · {durationText(check.durationMs)}
          </span>
        </span>
      </ActionButton>
      <div id={bodyId} className={isOpen ? styles.steps : undefined}>
        {isOpen && <CheckSteps label="Steps of this check" steps={stepsOfResult(steps, check)} />}
      </div>
    </li>
  );
};
