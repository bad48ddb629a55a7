import { DefaultButton, Icon, makeStyles, Text } from '@fluentui/react';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 12,
    padding: '48px 24px',
    textAlign: 'center',
  },
  icon: { fontSize: 32, color: theme.semanticColors.errorIcon },
  text: { maxWidth: 480 },
  reference: { color: theme.semanticColors.bodySubtext, fontSize: 12, userSelect: 'all', overflowWrap: 'anywhere' },
}));

const traceOf = (error: unknown): string | undefined =>
  error instanceof Error && 'traceId' in error && typeof error.traceId === 'string' ? error.traceId : undefined;

/** What to show in place of content that could not be read: what went wrong, Retry, and the reference for whoever runs the server. */
export const ErrorState = ({
  title = 'This could not be loaded',
  error,
  onRetry,
}: {
  title?: string;
  error: unknown;
  onRetry?: () => void;
}) => {
  const styles = useStyles();
  const traceId = traceOf(error);
  return (
    <div className={styles.root} role="alert">
      <Icon iconName="ErrorBadge" className={styles.icon} />
      <Text as="h2" variant="mediumPlus">
        {title}
      </Text>
      <Text className={styles.text}>
        {error instanceof Error ? error.message : 'Something went wrong on this page.'}
      </Text>
      {onRetry && <DefaultButton text="Retry" onClick={onRetry} />}
      {traceId && <span className={styles.reference}>Reference {traceId}</span>}
    </div>
  );
};
