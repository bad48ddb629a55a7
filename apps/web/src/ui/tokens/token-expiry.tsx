import { Icon, makeStyles, useTheme } from '@fluentui/react';
import type { ApiToken } from '@junction/contracts';
import { endsSoon } from '../../lib/ends-soon.ts';
import { Day } from '../day.tsx';
import { useNow } from '../use-now.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', lineHeight: '18px' },
  badge: { display: 'inline-flex', alignItems: 'center', gap: 6, fontSize: 12, whiteSpace: 'nowrap' },
  icon: { fontSize: 16, lineHeight: 1, flexShrink: 0 },
});

/** When a token ends, and that it has or soon will. */
export const TokenExpiry = ({ token }: { token: Pick<ApiToken, 'expiresAt' | 'isExpired'> }) => {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <Day at={token.expiresAt} />
      <ExpiryBadge token={token} />
    </span>
  );
};

/** "Expired", "Expires in 9 days", or nothing while there is time. */
export const ExpiryBadge = ({ token }: { token: Pick<ApiToken, 'expiresAt' | 'isExpired'> }) => {
  const styles = useStyles();
  const { semanticColors } = useTheme();
  const soon = endsSoon(token.expiresAt, useNow());
  if (soon === undefined && !token.isExpired) return null;
  const hasEnded = token.isExpired || soon?.hasEnded === true;
  return (
    <span className={styles.badge}>
      <Icon
        iconName={hasEnded ? 'Failed' : 'WarningFilled'}
        className={styles.icon}
        style={{ color: hasEnded ? semanticColors.errorIcon : semanticColors.severeWarningIcon }}
        aria-hidden
      />
      {hasEnded || soon === undefined || soon.hasEnded ? 'Expired' : `Expires ${soon.when}`}
    </span>
  );
};
