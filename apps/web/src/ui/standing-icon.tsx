import { Icon, type ITheme, mergeStyles, useTheme } from '@fluentui/react';
import type { Standing } from '../lib/status-words.ts';
import type { IconName } from './icons.tsx';

const looks: Readonly<Record<Standing['is'], { icon: IconName; color: (theme: ITheme) => string }>> = {
  withoutWorker: { icon: 'Failed', color: ({ semanticColors }) => semanticColors.errorIcon },
  paused: { icon: 'Pause', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  needing: { icon: 'WarningFilled', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  threatened: { icon: 'Warning', color: ({ semanticColors }) => semanticColors.severeWarningIcon },
  running: { icon: 'Passed', color: ({ semanticColors }) => semanticColors.successIcon },
  idle: { icon: 'CircleRing', color: ({ palette }) => palette.neutralSecondary },
};

const shape = mergeStyles({ fontSize: 20, lineHeight: 1, flexShrink: 0 });

/** How an environment stands, to see at a glance; the words beside it say it. */
export const StandingIcon = ({ is }: Pick<Standing, 'is'>) => {
  const { icon, color } = looks[is];
  return <Icon iconName={icon} className={shape} style={{ color: color(useTheme()) }} aria-hidden />;
};
