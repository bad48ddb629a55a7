import type { ITheme } from '@fluentui/react';
import type { NoticeKind } from '@junction/contracts';
import type { IconName } from '../../ui/icons.tsx';

type Look = { icon: IconName; color: (theme: ITheme) => string };

const failing: Look = { icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon };
const recovered: Look = { icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon };

/** The icon and color of each kind of notice; its words stand beside it. */
export const noticeLooks: Readonly<Record<NoticeKind, Look>> = {
  'export.failing': failing,
  'export.recovered': recovered,
  'export.auto-paused': { icon: 'Pause', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  'connection.failing': failing,
  'connection.recovered': recovered,
  'connection.secret-expires': { icon: 'Key', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  'profiles.failing': failing,
  'profiles.recovered': recovered,
  'profiles.self-granted': { icon: 'RedEye', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
};
