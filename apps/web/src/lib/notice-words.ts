import type { NoticeKind } from '@junction/contracts';

/** What each kind of notice says has happened. */
export const noticeKindWords: Readonly<Record<NoticeKind, string>> = {
  'export.failing': 'An export began to fail',
  'export.recovered': 'An export works again',
  'export.auto-paused': 'A schedule was paused by itself',
  'connection.failing': 'A connection began to fail',
  'connection.recovered': 'A connection works again',
  'connection.secret-expires': 'A credential ends soon',
  'profiles.failing': 'Imports of profile data began to fail',
  'profiles.recovered': 'Profile data is imported again',
  'profiles.self-granted': 'An admin took access to profile data',
};
