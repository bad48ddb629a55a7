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

/** How a connection is, why in a sentence, and one click away what to do about it. */
export const StatusCell = ({ connection, isChecking, onCheck, onEdit, onDetails }: Props) => {
  const styles = useStyles();
  const buttonId = useId('status');
  const titleId = useId('status-title');
  const [isOpen, setIsOpen] = useState(false);
  const { status, statusReason } = connection;
  const expiry = expiryWarning(connection.credentialExpiresAt, useNow());
  const reason = statusReason?.message ?? expiry?.short;

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
    setIsOpen(false);
    action();
  };
  return (
    <div className={styles.cell}>
      <StatusBadge status={status} />
      {reason !== undefined && (
        <Link
          data-selection-disabled
          id={buttonId}
          className={styles.reason}
          title={reason}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {reason}
        </Link>
      )}
      {isOpen && (
        <Callout
          target={`#${buttonId}`}
          role="dialog"
          ariaLabelledBy={titleId}
          directionalHint={DirectionalHint.bottomLeftEdge}
          setInitialFocus
          onDismiss={() => setIsOpen(false)}
        >
          <div className={styles.callout} data-selection-disabled>
            <h2 id={titleId} className={styles.title}>
              {connection.name}: {statusWords(status)}
            </h2>
            {statusReason !== undefined && <p className={styles.paragraph}>{statusReason.message}</p>}
            {statusReason?.remedy !== undefined && <p className={styles.paragraph}>{statusReason.remedy}</p>}
            {expiry !== undefined && (
              <p className={styles.paragraph}>
                <Icon iconName="WarningFilled" className={styles.warning} /> {expiry.sentence} Replace it under Edit.
              </p>
            )}
            <div className={styles.actions}>
              <PrimaryButton text="Edit" onClick={act(onEdit)} />
              <DefaultButton text="Check now" onClick={act(onCheck)} />
              <DefaultButton text="Details" onClick={act(onDetails)} />
            </div>
          </div>
        </Callout>
      )}
    </div>
  );
};
