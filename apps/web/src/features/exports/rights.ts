import { type ExportDeed, type ExportRow, exportRights, permissionWord, type Role } from '@junction/contracts';
import { formatNumber, listOfWords } from '../../lib/words.ts';

/** Whether somebody with this role may do something with an export. */
export const may = (role: Role, { access }: Pick<ExportRow, 'access'>, deed: ExportDeed): boolean =>
  exportRights(role, access).includes(deed);

/** The exports that something may be done with. */
export const allowedFor = <Row extends Pick<ExportRow, 'access'>>(
  role: Role,
  rows: readonly Row[],
  deed: ExportDeed,
): Row[] => rows.filter((row) => may(role, row, deed));

/** Says which of the chosen exports something is for, and why not for the others: "3 of 5 selected; 2 are view only". */
export const leftOutWords = (
  role: Role,
  rows: readonly Pick<ExportRow, 'access'>[],
  deed: ExportDeed,
): string | undefined => {
  const others = rows.filter((row) => !may(role, row, deed));
  if (others.length === 0) return undefined;
  // Whoever may edit an export and yet cannot do this lacks something that the export lacks: a connection.
  const unconnected = others.filter((row) => may(role, row, 'edit')).length;
  const viewOnly = others.length - unconnected;
  const reasons = [
    ...(viewOnly === 0 ? [] : [`${formatNumber(viewOnly)} ${viewOnly === 1 ? 'is' : 'are'} view only`]),
    ...(unconnected === 0 ? [] : [`${formatNumber(unconnected)} ${unconnected === 1 ? 'has' : 'have'} no connection`]),
  ];
  return `${formatNumber(rows.length - others.length)} of ${formatNumber(rows.length)} selected; ${listOfWords(reasons)}`;
};

/** Says why something cannot be done with any of the chosen exports. */
export const refusalWords = (role: Role, rows: readonly Pick<ExportRow, 'access'>[], deed: ExportDeed): string => {
  const [one] = rows;
  if (one === undefined || rows.length > 1)
    return `You cannot do this with what is selected: ${leftOutWords(role, rows, deed)}.`;
  return may(role, one, 'edit') ? 'This export has no connection.' : 'You can only view this export.';
};

/** How many of the chosen exports can only be looked at. */
export const viewOnlyWords = (role: Role, rows: readonly Pick<ExportRow, 'access'>[]): string | undefined => {
  const count = rows.filter(({ access }) => permissionWord(role, access) === 'View only').length;
  if (count === 0) return undefined;
  return count === rows.length ? 'view only' : `${formatNumber(count)} view only`;
};

/** Whom to ask who may not do it themselves. */
export const whomToAsk = (ownerName: string): string => `${ownerName}, who owns this environment, or another admin`;
