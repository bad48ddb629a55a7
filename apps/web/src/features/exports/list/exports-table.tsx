import type { ICommandBarItemProps } from '@fluentui/react';
import type { Environment } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { paths } from '../../../lib/paths.ts';
import { useCan } from '../../../lib/session.ts';
import { CommandBar } from '../../../ui/command-bar.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import type { EmptyStateProps } from '../../../ui/empty-state.tsx';
import { useUrlState } from '../../../ui/url-state.ts';
import { exportsQuery } from '../api.ts';
import { RefusedDialog } from '../dialogs/refused-dialog.tsx';
import { bulkExportActions, exportActions } from '../export-actions.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { viewOnlyWords, whomToAsk } from '../rights.ts';
import { useExportCommands } from '../use-export-commands.ts';
import { exportColumns, narrowText } from './export-columns.tsx';
import { ExportFilters } from './export-filters.tsx';
import { isNarrowed, readListView, viewDefaults } from './list-view.ts';

/** The exports of an environment: how each is, when it runs, over which connection, and what this person may do with it. */
export const ExportsTable = ({ environment }: { environment: Environment }) => {
  const { id: environmentId, role } = environment;
  const [state, setState] = useUrlState(viewDefaults);
  const view = readListView(state);
  const list = useInfiniteQuery(exportsQuery(environmentId, view));
  const { open } = useExportPanels(environmentId);
  const { commands, runScheduled, refused, forgetRefused } = useExportCommands();
  const mayCreate = useCan()('export:create', environmentId);
  const add = () => void open(paths.newExport(environmentId));

  return (
    <>
      <DataTable
        label="Exports"
        // What is read again in the background changes rows, and nothing else.
        list={{ ...list, isFetching: list.isPlaceholderData }}
        columns={exportColumns({ environmentId, role })}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        orderBy={state.orderby}
        onOrderBy={(orderby) => setState({ orderby })}
        rowActions={(row) => exportActions(role, row, commands)}
        bulkActions={
          mayCreate
            ? (rows, clear) =>
                bulkExportActions(role, rows, {
                  ...commands,
                  // Where all rows are selected the copies would be, too.
                  duplicate: (chosen) => {
                    clear();
                    return commands.duplicate(chosen);
                  },
                })
            : undefined
        }
        bulkNote={(rows) => viewOnlyWords(role, rows)}
        onOpen={(row) => void commands.view(row)}
        narrowText={narrowText(role)}
        commandBar={
          <CommandBar label="Exports" actions={pageActions(mayCreate, add, runScheduled)}>
            <ExportFilters environmentId={environmentId} view={view} onChange={setState} />
          </CommandBar>
        }
        empty={emptyState(mayCreate ? add : undefined, environment.owner.name)}
        onClearFilters={
          isNarrowed(view) ? () => setState({ search: '', status: '', connection: '', type: '' }) : undefined
        }
      />
      {refused && <RefusedDialog {...refused} onClose={forgetRefused} />}
    </>
  );
};

const pageActions = (mayCreate: boolean, onAdd: () => void, onRunAll: () => unknown): ICommandBarItemProps[] =>
  mayCreate
    ? [
        { key: 'add', text: 'Add export', iconProps: { iconName: 'Add' }, onClick: onAdd },
        {
          key: 'runAll',
          text: 'Run all',
          title: 'Runs every export whose schedule is on.',
          iconProps: { iconName: 'Play' },
          onClick: () => void onRunAll(),
        },
      ]
    : [];

const purpose = 'An export sends entities over a connection to a store such as a data lake, as often as you choose.';

/** What exports are for; with the first step for whoever may take it, and whom to ask for the others. */
const emptyState = (onAdd: (() => void) | undefined, ownerName: string): EmptyStateProps =>
  onAdd === undefined
    ? {
        icon: 'Exports',
        title: 'No exports yet',
        text: `${purpose} Contributors and admins add exports; if something is missing here, ask ${whomToAsk(ownerName)}.`,
      }
    : { icon: 'Exports', title: 'No exports yet', text: purpose, action: { text: 'Add export', onClick: onAdd } };
