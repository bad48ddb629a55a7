import { Icon, type ITheme, makeStyles, useTheme } from '@fluentui/react';
import type { Attention, ConnectionStatus, ExportStatus, ProfileImportStatus } from '@junction/contracts';
import type { ReactNode } from 'react';
import type { IconName } from './icons.tsx';

type Look = { words: string; icon: IconName; color: (theme: ITheme) => string };

/** Of a connection, of its profile data or of an export, or why one of them needs somebody: no word means different things for them. */
type Status = ConnectionStatus | ProfileImportStatus | ExportStatus | Attention['because'];

const quiet = ({ palette }: ITheme) => palette.neutralSecondary;

const actionRequired: Look = {
  words: 'Action required',
  icon: 'Failed',
  color: ({ semanticColors }) => semanticColors.errorIcon,
};
const failing: Look = {
  words: 'Failing',
  icon: 'WarningFilled',
  color: ({ semanticColors }) => semanticColors.severeWarningIcon,
};
const inactive: Look = {
  words: 'Inactive',
  icon: 'Offline',
  color: ({ semanticColors }) => semanticColors.severeWarningIcon,
};

const looks: Readonly<Record<Status, Look>> = {
  healthy: { words: 'Healthy', icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  actionRequired,
  failing,
  notChecked: { words: 'Not checked', icon: 'CircleRing', color: quiet },
  paused: { words: 'Paused', icon: 'Pause', color: quiet },
  waiting: { words: 'Waiting', icon: 'Clock', color: ({ palette }) => palette.themePrimary },
  verifying: { words: 'Verifying', icon: 'Sync', color: ({ palette }) => palette.themePrimary },
  importing: { words: 'Importing', icon: 'Sync', color: ({ palette }) => palette.themePrimary },
  active: { words: 'Active', icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  inactive,
  notStarted: { words: 'Not started', icon: 'CircleRing', color: quiet },
  queued: { words: 'Queued', icon: 'Clock', color: ({ palette }) => palette.themePrimary },
  processing: { words: 'Processing', icon: 'Sync', color: ({ palette }) => palette.themePrimary },
  successful: { words: 'Successful', icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  failed: { words: 'Failed', icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon },
  skipped: { words: 'Skipped', icon: 'Skipped', color: quiet },
  canceled: { words: 'Canceled', icon: 'ErrorBadge', color: quiet },
  exportFailing: failing,
  exportPaused: {
    words: 'Schedule paused',
    icon: 'Pause',
    color: ({ semanticColors }) => semanticColors.severeWarningIcon,
  },
  exportInactive: inactive,
  connectionActionRequired: actionRequired,
  connectionFailing: failing,
  profilesFailing: {
    words: 'Profiles failing',
    icon: 'WarningFilled',
    color: ({ semanticColors }) => semanticColors.severeWarningIcon,
  },
  secretExpires: {
    words: 'Credential ends',
    icon: 'Key',
    color: ({ semanticColors }) => semanticColors.severeWarningIcon,
  },
  sourceUnreadable: { words: 'Unreadable', icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon },
};

/** The words for a status, wherever one is named. */
export const statusWords = (status: Status): string => looks[status].words;

const useStyles = makeStyles({
  badge: { display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' },
  icon: { fontSize: 16, lineHeight: 1, flexShrink: 0 },
});

/**
 * How a connection, its profile data or an export is: icon, word and colour. The only place that turns the status into something to see.
 * `children` take the place of the word where more is to be said.
 */
export const StatusBadge = ({ status, children }: { status: Status; children?: ReactNode }) => {
  const styles = useStyles();
  const look = looks[status];
  const color = look.color(useTheme());
  return (
    <span className={styles.badge} data-status={status}>
      <Icon iconName={look.icon} className={styles.icon} style={{ color }} aria-hidden />
      {children ?? look.words}
    </span>
  );
};
