import { DefaultButton } from '@fluentui/react';
import type { Environment } from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/card.tsx';
import { isPaused, PausedBar } from './paused-bar.tsx';

/** Whether exports run in the environment, and the way to pause all of them. */
export const PauseCard = ({ environment }: { environment: Environment }) => {
  const navigate = useNavigate();
  if (isPaused(environment))
    return (
      <Card title="Runs" text="Once resumed, each export runs at the next time of its schedule.">
        <PausedBar environment={environment} />
      </Card>
    );
  return (
    <Card
      title="Runs"
      text="Exports run on demand and by their schedules. Pause all of them while a store is being moved or repaired."
    >
      <DefaultButton
        text="Pause all runs …"
        iconProps={{ iconName: 'Pause' }}
        onClick={() => void navigate(paths.pauseRuns(environment.id))}
      />
    </Card>
  );
};
