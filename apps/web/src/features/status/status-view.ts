import type { Status } from '@junction/contracts';

/** The groups of the page, in their order. */
export const groups = ['attention', 'running', 'failed', 'upcoming'] as const;
export type Group = (typeof groups)[number];

export const groupTitles: Readonly<Record<Group, string>> = {
  attention: 'Needs somebody',
  running: 'Running now',
  failed: 'Failed or skipped since yesterday',
  upcoming: 'Next scheduled runs',
};

/** The page's view as it stands in the address: `?group=failed&search=crm&mine=yes`. */
export const viewDefaults = { group: '', search: '', mine: '' } as const;
export type ViewState = Readonly<Record<keyof typeof viewDefaults, string>>;

/** What the page shows. */
export type StatusView = {
  /** The one group that is shown; undefined for all. */
  group: Group | undefined;
  search: string;
  /** Of what needs somebody only what the person can do something about. */
  isMine: boolean;
};

/** Reads the view from the address; what an address says wrongly is left out. */
export const readStatusView = ({ group, search, mine }: ViewState): StatusView => ({
  group: groups.find((known) => known === group),
  search: search.trim(),
  isMine: mine === 'yes',
});

type Rows = { [Name in Group]: Status[Name]['rows'] };

/** The rows of each group that the search and "only mine" leave. */
export const rowsInView = (status: Status, { search, isMine }: StatusView): Rows => {
  const looked = search.toLocaleLowerCase();
  const isFound = (...names: string[]) => names.some((name) => name.toLocaleLowerCase().includes(looked));
  return {
    attention: status.attention.rows.filter(({ subject, isYours }) => isFound(subject.name) && (isYours || !isMine)),
    running: status.running.rows.filter((run) => isFound(run.export.name, run.connection.name)),
    failed: status.failed.rows.filter((run) => isFound(run.export.name, run.connection.name)),
    upcoming: status.upcoming.rows.filter((next) => isFound(next.export.name, next.connection.name)),
  };
};
