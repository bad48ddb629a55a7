import type { Connection, SharedWith } from '@junction/contracts';

/** The words for who can use a connection. */
export const sharedWithWords: Readonly<Record<SharedWith, string>> = {
  admins: 'Administrators',
  adminsAndContributors: 'Administrators and contributors',
};

/** "1 connection", "1,200 connections". */
export const connectionCount = (count: number): string =>
  `${count.toLocaleString()} ${count === 1 ? 'connection' : 'connections'}`;

/** The words for what started a check. */
export const triggerWords = {
  setup: 'At set-up',
  edit: 'At a change',
  manual: 'Checked by hand',
  probe: 'Scheduled check',
} as const;

export type ConnectionName = Pick<Connection, 'id' | 'name'>;
