import { ContextualMenuItemType, type IContextualMenuItem } from '@fluentui/react';
import { type ExportDeed, type ExportRow, isRunLive, type Role } from '@junction/contracts';
import { dangerMenuItem } from '../../ui/danger-menu-item.ts';
import { unavailable } from '../../ui/unavailable.ts';
import { allowedFor, leftOutWords, may } from './rights.ts';

/** More than this at once would not fit into the address of the dialogs that name them. */
export const chosenAtMost = 100;

/** What the commands do; each gets the exports that were chosen. */
export type ExportCommands = {
  view: (row: ExportRow) => unknown;
  edit: (row: ExportRow) => unknown;
  run: (rows: readonly ExportRow[]) => unknown;
  cancel: (row: ExportRow) => unknown;
  duplicate: (rows: readonly ExportRow[]) => unknown;
  schedule: (rows: readonly ExportRow[]) => unknown;
  detach: (rows: readonly ExportRow[]) => unknown;
  connect: (rows: readonly ExportRow[]) => unknown;
  remove: (rows: readonly ExportRow[]) => unknown;
};

/** The commands about one export or several, in the order in which they stand everywhere. */
const commands = [
  { deed: 'run', text: 'Run', iconName: 'Play' },
  { deed: 'duplicate', text: 'Create duplicate', iconName: 'Copy' },
  { deed: 'schedule', text: 'Schedule…', iconName: 'Calendar' },
  { deed: 'detach', text: 'Detach connection', iconName: 'Offline' },
  { deed: 'connect', text: 'Connect to…', iconName: 'Link' },
  { deed: 'remove', text: 'Remove', iconName: 'Delete' },
] as const satisfies readonly { deed: ExportDeed; text: string; iconName: string }[];

const divider: IContextualMenuItem = { key: 'divider', itemType: ContextualMenuItemType.Divider };

/** Whether a run of the export waits or is under way. */
export const isLive = ({ run }: Pick<ExportRow, 'run'>): boolean => isRunLive(run?.state ?? null);

const inactiveCannotRun = 'It is inactive: something that it needs was removed.';
const tooLate = 'It is being published, and ends by itself in a moment.';

/** In the place of Run, while there is a run. */
const cancelAction = (row: ExportRow, act: ExportCommands): IContextualMenuItem => {
  const item = { key: 'cancel', text: 'Cancel run', iconProps: { iconName: 'Cancel' } };
  return row.run?.phase === 'publishing'
    ? { ...item, ...unavailable(tooLate) }
    : { ...item, onClick: () => void act.cancel(row) };
};

/** What this person may do with one export: nothing else is offered. */
export const exportActions = (role: Role, row: ExportRow, act: ExportCommands): IContextualMenuItem[] => {
  const [first, icon, onClick] = may(role, row, 'edit')
    ? (['Edit', 'Edit', () => void act.edit(row)] as const)
    : (['View', 'RedEye', () => void act.view(row)] as const);
  return [
    { key: 'open', text: first, iconProps: { iconName: icon }, onClick },
    ...commands
      .filter(({ deed }) => may(role, row, deed))
      .flatMap(({ deed, text, iconName }): IContextualMenuItem[] => {
        const item = { key: deed, text, iconProps: { iconName } };
        if (deed === 'run' && isLive(row)) return [cancelAction(row, act)];
        if (deed === 'run' && row.status === 'inactive') return [{ ...item, ...unavailable(inactiveCannotRun) }];
        const command = { ...item, onClick: () => void act[deed]([row]) };
        return deed === 'remove' ? [divider, { ...command, ...dangerMenuItem }] : [command];
      }),
  ];
};

/** The same for several: each command is for those of them that it may be done with, and says how many are not. */
export const bulkExportActions = (role: Role, rows: readonly ExportRow[], act: ExportCommands): IContextualMenuItem[] =>
  commands.map(({ deed, text, iconName }) => {
    const item = { key: deed, text, iconProps: { iconName } };
    const leftOut = leftOutWords(role, rows, deed);
    if (allowedFor(role, rows, deed).length === 0) return { ...item, ...unavailable(`${leftOut}.`) };
    if (rows.length > chosenAtMost) return { ...item, ...unavailable(`Select at most ${chosenAtMost} at once.`) };
    const note = leftOut === undefined ? {} : { title: `${leftOut}.`, ariaDescription: `${leftOut}.` };
    return { ...item, ...note, onClick: () => void act[deed](rows) };
  });
