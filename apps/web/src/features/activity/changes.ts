import {
  type Activity,
  type ActivityKind,
  CheckOutcome,
  ExportFormat,
  NoticeKind,
  ProfileMapping,
  profileTraits,
  Role,
  RoleFrom,
  Schedule,
  SharedWith,
  scheduleInWords,
  TokenAction,
} from '@junction/contracts';
import { noticeKindWords } from '../../lib/notice-words.ts';
import { scopeInWords } from '../../lib/token-words.ts';
import { traitWords } from '../../lib/trait-words.ts';
import { connectorLabel, exportCount, formatNumber, roleWords } from '../../lib/words.ts';
import { exactTime } from '../../ui/dates.ts';
import type { Viewer } from '../../ui/viewer.tsx';

/** One value before and after; undefined where there was none. */
export type ActivityChange = { field: string; before: string | undefined; after: string | undefined };

/** What the fields of entries are called; one that is not here keeps its own name. */
const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name',
  type: 'Type',
  role: 'Role',
  sharedWith: 'Shared with',
  sharedWithPeople: 'Shared by name with',
  isPaused: 'Checks paused',
  secretsSet: 'Secrets set',
  consentTextVersion: 'Version of the terms',
  outcome: 'Outcome of the check',
  problem: 'Problem',
  inactivated: 'Became inactive',
  moved: 'Moved',
  movedTo: 'Moved to',
  withoutSource: 'Lost what they read',
  exportIds: 'Exports concerned',
  restorableUntil: 'Can be restored until',
  reattached: 'Connected again',
  left: 'Left as they are',
  withSource: 'Have their source again',
  connection: 'Connection',
  copyOf: 'Copy of',
  folder: 'Folder',
  format: 'Format',
  schedule: 'Schedule',
  entities: 'Entities',
  secretsChanged: 'Secrets changed',
  url: 'URL',
  kinds: 'Notices',
  isOn: 'On',
  isSigned: 'Signed',
  person: 'Person',
  personId: 'ID of the person',
  mapping: 'Columns',
  everyHours: 'Hours between imports',
  importEveryHours: 'Hours between imports',
  run: 'ID of the run',
  roleFrom: 'Role from',
  groupName: 'Group',
  value: 'Value at the provider',
  provider: 'Identity provider',
  with: 'Identity provider',
  email: 'E-mail',
  reason: 'Reason',
  scope: 'It may',
  expiresAt: 'Expires',
  serviceAccount: 'Service account',
  serviceAccountId: 'ID of the service account',
  tokens: 'Tokens',
  isDeletedEverywhere: 'Deleted with its tokens',
};

/** Fields that mean something else in entries of one kind. */
const ownFieldWords: Partial<Record<ActivityKind, Readonly<Record<string, string>>>> = {
  'environment.updated': { isPaused: 'Runs paused' },
};

/** Fields of several: their names begin with what they are, then a dot. */
const fieldGroups: Readonly<Record<string, string>> = { settings: 'Setting', entities: 'Entity' };

const fieldInWords = (kind: ActivityKind, field: string): string => {
  const own = ownFieldWords[kind]?.[field];
  if (own !== undefined) return own;
  const word = Object.hasOwn(fieldWords, field) ? fieldWords[field] : undefined;
  if (word !== undefined) return word;
  const [group = '', ...rest] = field.split('.');
  return rest.length > 0 && Object.hasOwn(fieldGroups, group) ? `${fieldGroups[group]} ${rest.join('.')}` : field;
};

const sharedWithWords: Readonly<Record<SharedWith, string>> = {
  admins: 'Admins',
  adminsAndContributors: 'Admins and contributors',
  namedContributors: 'Admins and people by name',
};

const formatWords: Readonly<Record<ExportFormat['type'], string>> = {
  csv: 'CSV',
  csvGzip: 'CSV (gzip)',
  parquet: 'Parquet',
};

const roleFromWords: Readonly<Record<'hand' | 'groups', string>> = { hand: 'By hand', groups: 'Groups' };

const outcomeWords: Readonly<Record<CheckOutcome, string>> = {
  passed: 'Passed',
  actionRequired: 'Action required',
  failing: 'Failing',
};

const formatInWords = (value: unknown): string | undefined => {
  const { data } = ExportFormat.safeParse(value);
  if (data === undefined) return undefined;
  if (data.type === 'parquet') return formatWords.parquet;
  return `${formatWords[data.type]}, delimiter “${data.delimiter === '\t' ? 'tab' : data.delimiter}”, ${data.hasHeader ? 'with' : 'without'} a header`;
};

/** "Gender: Sex, Birth date: DateOfBirth". */
const mappingInWords = (value: unknown): string | undefined => {
  const { data } = ProfileMapping.safeParse(value);
  if (data === undefined) return undefined;
  const columns = profileTraits.filter((trait) => data[trait] !== undefined);
  return columns.length === 0 ? 'None' : columns.map((trait) => `${traitWords[trait]}: ${data[trait]}`).join(', ');
};

/** Amounts of exports, as a number or as the list of them; none is not worth a line. */
const exportsInWords = (value: unknown): string | undefined => {
  const amount = Array.isArray(value) ? value.length : value;
  if (typeof amount !== 'number') return undefined;
  return amount === 0 ? '' : exportCount(amount);
};

/** What a member of a list is called: its name where it has one. */
const itemInWords = (item: unknown): string => {
  if (typeof item === 'string') return item;
  if (typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string') return item.name;
  return JSON.stringify(item);
};

/** What values of a known field are called; undefined leaves a value as any other. */
const valueWords: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  sharedWith: (value) => {
    const { data } = SharedWith.safeParse(value);
    return data && sharedWithWords[data];
  },
  type: (value) => (typeof value === 'string' ? connectorLabel(value) : undefined),
  outcome: (value) => {
    const { data } = CheckOutcome.safeParse(value);
    return data && outcomeWords[data];
  },
  schedule: (value) => {
    const { data } = Schedule.safeParse(value);
    return data && scheduleInWords(data);
  },
  kinds: (value) => {
    const { data } = NoticeKind.array().safeParse(value);
    return data?.map((kind) => noticeKindWords[kind]).join(', ');
  },
  role: (value) => {
    const { data } = Role.safeParse(value);
    return data && roleWords[data];
  },
  roleFrom: (value) => {
    const { data } = RoleFrom.safeParse(value);
    return data && roleFromWords[data];
  },
  scope: (value) => {
    const { data } = TokenAction.array().safeParse(value);
    return data && scopeInWords(data);
  },
  serviceAccount: (value) => itemInWords(value),
  mapping: mappingInWords,
  format: formatInWords,
  inactivated: exportsInWords,
  moved: exportsInWords,
  withoutSource: exportsInWords,
  exportIds: exportsInWords,
  reattached: exportsInWords,
  left: exportsInWords,
  withSource: exportsInWords,
};

/** Of a longer list the entry shows its length and this many. */
const shownOfList = 3;

const listInWords = (list: readonly unknown[]): string => {
  if (list.length === 0) return 'None';
  const shown = list.slice(0, shownOfList).map(itemInWords).join(', ');
  return list.length <= shownOfList ? shown : `${formatNumber(list.length)}: ${shown}, …`;
};

/** A moment as the API writes it. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const inWords = (field: string, value: unknown, viewer: Viewer): string | undefined => {
  if (value === undefined || value === null) return undefined;
  const words = Object.hasOwn(valueWords, field) ? valueWords[field]?.(value) : undefined;
  if (words !== undefined) return words;
  if (Array.isArray(value)) return listInWords(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return moment.test(value) && !Number.isNaN(Date.parse(value)) ? exactTime(value, viewer) : value;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Whether a line would only say that it concerns no export. */
const isNoExport = (field: string, before: unknown, after: unknown): boolean =>
  valueWords[field] === exportsInWords && [before, after].every((value) => !value || exportsInWords(value) === '');

/** What an entry of the log changed, in words; dates as the viewer reads them. */
export const changesOf = ({ kind, before, after }: Activity, viewer: Viewer): ActivityChange[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((field) => !isSame(before?.[field], after?.[field]))
    .filter((field) => !isNoExport(field, before?.[field], after?.[field]))
    .map((field) => ({
      field: fieldInWords(kind, field),
      before: inWords(field, before?.[field], viewer),
      after: inWords(field, after?.[field], viewer),
    }));
