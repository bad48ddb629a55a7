import { Icon, type ITheme, makeStyles, useTheme } from '@fluentui/react';
import type { ExportStatus } from '@junction/contracts';
import type { IconName } from './icons.tsx';

type Look = { words: string; icon: IconName; color: (theme: ITheme) => string };

const quiet = ({ palette }: ITheme) => palette.neutralSecondary;

const looks: Readonly<Record<ExportStatus, Look>> = {
  inactive: { words: 'Inactive', icon: 'Offline', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  notStarted: { words: 'Not started', icon: 'CircleRing', color: quiet },
  queued: { words: 'Queued', icon: 'Clock', color: ({ palette }) => palette.themePrimary },
  processing: { words: 'Processing', icon: 'Sync', color: ({ palette }) => palette.themePrimary },
  successful: { words: 'Successful', icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  failed: { words: 'Failed', icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon },
  skipped: { words: 'Skipped', icon: 'Skipped', color: quiet },
  canceled: { words: 'Canceled', icon: 'ErrorBadge', color: quiet },
};

/** The words for the status of an export, wherever one is named. */
export const exportStatusWords = (status: ExportStatus): string => looks[status].words;

const useStyles = makeStyles({
  badge: { display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' },
  icon: { fontSize: 16, lineHeight: 1, flexShrink: 0 },
});

/** How an export is: icon, word and colour. The only place that turns the status into something to see. */
export const ExportStatusBadge = ({ status }: { status: ExportStatus }) => {
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
