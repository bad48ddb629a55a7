import {
  Callout,
  DefaultButton,
  DirectionalHint,
  Icon,
  Link,
  makeStyles,
  PrimaryButton,
  Spinner,
  SpinnerSize,
} from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Connection } from '@junction/contracts';
import { useState } from 'react';
import { StatusBadge, statusWords } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { expiryWarning } from '../credential-expiry.ts';
import { ProfilesLine } from './profiles-line.tsx';

const useStyles = makeStyles((theme) => ({
  cell: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 },
  reason: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: '2',
    overflow: 'hidden',
    whiteSpace: 'normal',
    textAlign: 'start',
    marginInlineStart: 22,
    color: theme.semanticColors.bodySubtext,
    fontSize: 12,
    lineHeight: 16,
    textDecoration: 'underline dotted',
  },
  profiles: { textAlign: 'start', '& [data-status] > span': { textDecoration: 'underline dotted' } },
  callout: { padding: 20, width: 380, maxWidth: 'calc(100vw - 32px)', boxSizing: 'border-box' },
  title: { fontSize: 14, fontWeight: 600, lineHeight: '20px', margin: '0 0 8px' },
  paragraph: { margin: '0 0 12px', lineHeight: '20px', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: 8 },
  warning: { color: theme.semanticColors.severeWarningIcon },
}));

type Props = {
  connection: Connection;
  isChecking: boolean;
  onCheck: () => void;
  onEdit: () => void;
  onDetails: () => void;
};

/** How a connection and its profile data are, why in a sentence, and one click away what to do about it. */
export const StatusCell = ({ connection, isChecking, onCheck, onEdit, onDetails }: Props) => {
  const styles = useStyles();
  const reasonId = useId('status');
  const profilesId = useId('profiles');
  const titleId = useId('status-title');
  /** The id of what was asked why. */
  const [openAt, setOpenAt] = useState<string>();
  const { status, statusReason, profiles } = connection;
  const expiry = expiryWarning(connection.credentialExpiresAt, useNow());
  const reason = statusReason?.message ?? expiry?.short;
  const problem = profiles?.problem ?? undefined;
  // What somebody reads about may pass meanwhile.
  const isOpen = (openAt === reasonId && reason !== undefined) || (openAt === profilesId && problem !== undefined);

  if (isChecking)
    return (
      <Spinner
        size={SpinnerSize.xSmall}
        label="Checking …"
        labelPosition="right"
        styles={{ root: { justifyContent: 'flex-start' } }}
      />
    );
  const act = (action: () => void) => () => {
    setOpenAt(undefined);
    action();
  };
  const toggle = (id: string) => setOpenAt(openAt === id ? undefined : id);
  return (
    <div className={styles.cell}>
      <StatusBadge status={status} />
      {reason !== undefined && (
        <Link
          data-selection-disabled
          id={reasonId}
          className={styles.reason}
          title={reason}
          aria-expanded={openAt === reasonId}
          onClick={() => toggle(reasonId)}
        >
          {reason}
        </Link>
      )}
      {problem !== undefined ? (
        <Link
          data-selection-disabled
          id={profilesId}
          className={styles.profiles}
          aria-expanded={openAt === profilesId}
          onClick={() => toggle(profilesId)}
        >
          <ProfilesLine profiles={profiles} />
        </Link>
      ) : (
        <ProfilesLine profiles={profiles} />
      )}
      {isOpen && (
        <Callout
          target={`#${openAt}`}
          role="dialog"
          ariaLabelledBy={titleId}
          directionalHint={DirectionalHint.bottomLeftEdge}
          setInitialFocus
          onDismiss={() => setOpenAt(undefined)}
        >
          <div className={styles.callout} data-selection-disabled>
            {openAt === profilesId && profiles !== null ? (
              <>
                <h2 id={titleId} className={styles.title}>
                  Profiles of {connection.name}: {statusWords(profiles.status)}
                </h2>
                <p className={styles.paragraph}>{problem}</p>
                <div className={styles.actions}>
                  <PrimaryButton text="Details" onClick={act(onDetails)} />
                </div>
              </>
            ) : (
              <>
                <h2 id={titleId} className={styles.title}>
                  {connection.name}: {statusWords(status)}
                </h2>
                {statusReason !== undefined && <p className={styles.paragraph}>{statusReason.message}</p>}
                {statusReason?.remedy !== undefined && <p className={styles.paragraph}>{statusReason.remedy}</p>}
                {expiry !== undefined && (
                  <p className={styles.paragraph}>
                    <Icon iconName="WarningFilled" className={styles.warning} /> {expiry.sentence} Replace it under
                    Edit.
                  </p>
                )}
                <div className={styles.actions}>
                  <PrimaryButton text="Edit" onClick={act(onEdit)} />
                  <DefaultButton text="Check now" onClick={act(onCheck)} />
                  <DefaultButton text="Details" onClick={act(onDetails)} />
                </div>
              </>
            )}
          </div>
        </Callout>
      )}
    </div>
  );
};
