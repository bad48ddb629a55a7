import { MessageBar, Spinner } from '@fluentui/react';
import type { ExportDeed, ExportRow } from '@junction/contracts';
import type { ReactNode } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useExportPanels } from '../panel-navigation.ts';
import { allowedFor, leftOutWords } from '../rights.ts';
import { useChosenExports } from './use-chosen-exports.ts';

type Props = {
  title: string;
  deed: ExportDeed;
  /** What to say where none of the chosen exports allows it. */
  refusal: string;
  /** The pane itself; gets the exports that allow it, and a note on those that do not. */
  children: (rows: readonly ExportRow[], note: string | undefined) => ReactNode;
};

/** Reads the exports that the address names before a pane about them is shown. */
export const ChosenPane = ({ title, deed, refusal, children }: Props) => {
  const { id: environmentId, role } = useEnvironment();
  const { close } = useExportPanels(environmentId);
  const chosen = useChosenExports(environmentId);
  const rows = allowedFor(role, chosen.rows, deed);
  const leftOut = leftOutWords(role, chosen.rows, deed);
  if (!chosen.isPending && rows.length > 0) return children(rows, leftOut && `${leftOut}.`);
  return (
    <SidePanel title={title} onClose={() => void close()}>
      {chosen.isPending ? (
        <Spinner label="Loading the exports" />
      ) : chosen.error !== null ? (
        <ErrorState error={chosen.error} onRetry={chosen.refetch} />
      ) : (
        <MessageBar isMultiline delayedRender={false}>
          {chosen.rows.length === 0 ? 'There is no such export any more.' : refusal}
        </MessageBar>
      )}
    </SidePanel>
  );
};
