import { makeStyles } from '@fluentui/react';
import { Outlet } from 'react-router';
import { useEnvironment } from '../../lib/session.ts';
import { isPaused, PausedBar } from './paused-bar.tsx';

const useStyles = makeStyles({ bar: { marginBottom: 16 } });

/** A page about what runs, with word above it while nothing does. */
export const WhilePaused = () => {
  const styles = useStyles();
  const environment = useEnvironment();
  return (
    <>
      {isPaused(environment) && (
        <div className={styles.bar}>
          <PausedBar key={environment.id} environment={environment} />
        </div>
      )}
      <Outlet />
    </>
  );
};
