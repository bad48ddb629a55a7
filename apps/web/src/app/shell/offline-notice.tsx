import { Icon, makeStyles } from '@fluentui/react';
import { getSignInOptions } from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { reachable } from '../../lib/connectivity.ts';
import { read } from '../../lib/queries.ts';

/** How often to look whether the server is back; any answer counts. */
const retryMs = 5000;

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    padding: '4px 8px',
    borderRadius: 4,
    whiteSpace: 'nowrap',
    color: theme.semanticColors.bodyText,
    background: theme.semanticColors.warningBackground,
    border: `1px solid ${theme.semanticColors.warningIcon}`,
  },
  rest: { '@media (max-width: 639px)': { display: 'none' } },
}));

/** Says so while the server cannot be reached, and reads everything in sight anew when it is back. */
export const OfflineNotice = () => {
  const styles = useStyles();
  const queryClient = useQueryClient();
  const isReachable = useSyncExternalStore(reachable.subscribe, reachable.get);
  const wasReachable = useRef(isReachable);
  useQuery({ ...read(getSignInOptions, {}), enabled: !isReachable, refetchInterval: retryMs, retry: false, gcTime: 0 });
  useEffect(() => {
    if (isReachable && !wasReachable.current) void queryClient.invalidateQueries();
    wasReachable.current = isReachable;
  }, [isReachable, queryClient]);
  return (
    <div role="status">
      {!isReachable && (
        <span className={styles.root}>
          <Icon iconName="Offline" />
          Offline<span className={styles.rest}>: Junction cannot be reached</span>
        </span>
      )}
    </div>
  );
};
