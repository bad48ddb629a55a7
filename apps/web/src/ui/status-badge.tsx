import { Icon, type ITheme, makeStyles, useTheme } from '@fluentui/react';
import type { ConnectionStatus } from '@junction/contracts';
import type { IconName } from './icons.tsx';

type Look = { words: string; icon: IconName; color: (theme: ITheme) => string };

const looks: Readonly<Record<ConnectionStatus, Look>> = {
  healthy: { words: 'Healthy', icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  actionRequired: { words: 'Action required', icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon },
  failing: { words: 'Failing', icon: 'WarningFilled', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  notChecked: { words: 'Not checked', icon: 'CircleRing', color: ({ palette }) => palette.neutralSecondary },
  paused: { words: 'Paused', icon: 'Pause', color: ({ palette }) => palette.neutralSecondary },
};

/** The words for a status, wherever one is named. */
export const statusWords = (status: ConnectionStatus): string => looks[status].words;

const useStyles = makeStyles({
  badge: { display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' },
  icon: { fontSize: 16, lineHeight: 1, flexShrink: 0 },
});

/** How a connection is: icon, word and colour. The only place that turns the status into something to see. */
export const StatusBadge = ({ status }: { status: ConnectionStatus }) => {
  const styles = useStyles();
  const look = looks[status];
  const color = look.color(useTheme());
  return (
    <span className={styles.badge} data-status={status}>
      <Icon iconName={look.icon} className={styles.icon} style={{ color }} aria-hidden />
      {look.words}
    </span>
  );
};
