import { DefaultButton, PrimaryButton } from '@fluentui/react';
import { type Environment, type Export, isRunLive, type Run } from '@junction/contracts';
import { useState } from 'react';
import { paths } from '../../../lib/paths.ts';
import { isLive } from '../export-actions.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { may } from '../rights.ts';
import { useExportCommands } from '../use-export-commands.ts';

type Props = { environment: Environment; run: Run; of: Export | undefined };

/** Cancel while the run is under way, Run again afterwards, for whoever may; the way to the export for everybody. */
export const RunCommands = ({ environment, run, of }: Props) => {
  const { open } = useExportPanels(environment.id);
  const { commands, runAgain } = useExportCommands();
  const isUnderWay = isRunLive(run.state);
  // Cancel stays where it was when the run ends: what comes in its place would be clicked by mistake.
  const [hasBeenLive, setHasBeenLive] = useState(isUnderWay);
  if (isUnderWay && !hasBeenLive) setHasBeenLive(true);
  if (of === undefined) return null;
  const mayRun = may(environment.role, of, 'run');
  const canRun = mayRun && of.status !== 'inactive' && !isLive(of);
  return (
    <>
      {mayRun && hasBeenLive && (
        <DefaultButton
          text="Cancel run"
          disabled={!isUnderWay || run.phase === 'publishing'}
          allowDisabledFocus
          onClick={() => void commands.cancel({ ...of, run })}
        />
      )}
      {canRun && !isUnderWay && <PrimaryButton text="Run again" onClick={() => void runAgain(of)} />}
      <DefaultButton text="Show the export" onClick={() => void open(paths.export(environment.id, of.id))} />
    </>
  );
};
