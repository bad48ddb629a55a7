import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { DisplayName, Id, Timestamp } from './scalars.ts';

const tag = 'Notices';

/** Changes of a state, each told once when it happens: nothing is repeated while it lasts. */
export const noticeKinds = [
  'export.failing',
  'export.recovered',
  'export.auto-paused',
  'connection.failing',
  'connection.recovered',
  'connection.secret-expires',
  'profiles.failing',
  'profiles.recovered',
  'profiles.self-granted',
] as const;
export const NoticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** The kinds that hooks can be told of: all but those that are for some people only. */
export const hookNoticeKinds = noticeKinds.filter((kind) => kind !== 'profiles.self-granted');
export const HookNoticeKind = z.enum(hookNoticeKinds);

export const Notice = z.object({
  id: Id,
  at: Timestamp,
  kind: NoticeKind,
  subject: z.object({ type: z.enum(['export', 'connection']), id: Id, name: z.string() }),
  message: z.string(),
  remedy: z.string().nullable(),
  /** The run it is about. */
  runId: Id.nullable(),
  /** The person who asks has seen it. */
  isRead: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

/** Notices older than this are removed. */
export const noticeDays = 90;

/** Nobody reads further than that: 100 unread ones are told as "99+". */
export const mostUnreadCounted = 100;

export const listNotices = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/notices',
  action: 'notice:list',
  summary: 'What changed, for the person who asks, newest first',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(Notice).extend({ unread: z.int().max(mostUnreadCounted) }),
});

export const readNotices = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/notices/read',
  action: 'notice:list',
  summary: 'Remember that the person who asks has seen the notices up to this one',
  tag,
  body: z.strictObject({ upTo: Id }),
});

/** Where notices are sent to. The secret that signs them goes in and never comes out. */
export const NoticeHook = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  kinds: z.array(HookNoticeKind),
  isOn: z.boolean(),
  isSigned: z.boolean(),
  /** How the last delivery to this URL went; null before any. */
  lastDelivery: z
    .object({ at: Timestamp, isDelivered: z.boolean(), message: z.string().nullable(), remedy: z.string().nullable() })
    .nullable(),
  etag: z.string(),
});
export type NoticeHook = z.infer<typeof NoticeHook>;

/** Hooks of one environment. */
export const maximumNoticeHooks = 10;

const url = z
  .url({ protocol: /^https?$/, error: 'Enter a URL such as https://hooks.contoso.com/junction.' })
  .max(2_000, { error: 'A URL has at most 2,000 characters.' })
  .refine((text) => !/^[a-z]+:\/\/[^/?#]*@/i.test(text), {
    error: 'Leave the user name and password out of the URL; sign the notices instead.',
  });
const kinds = z
  .array(HookNoticeKind)
  .min(1, { error: 'Choose at least one kind of notice.' })
  .transform((all) => [...new Set(all)]);
/** `whsec_` and 24 to 64 bytes in base64, as the Standard Webhooks specification has it. */
const secret = z
  .string()
  .trim()
  .min(1, { error: 'Enter the signing secret.' })
  .max(200, { error: 'A signing secret has at most 200 characters.' });

export const NewNoticeHook = z.strictObject({
  name: DisplayName,
  url,
  kinds,
  isOn: z.boolean().default(true),
  /** Signs each notice (Standard Webhooks); notices are not signed without. */
  secret: secret.optional(),
});
export type NewNoticeHook = z.infer<typeof NewNoticeHook>;

/** What is absent stays. Another URL needs the secret again; null takes it away. */
export const UpdateNoticeHook = z.strictObject({
  name: DisplayName.optional(),
  url: url.optional(),
  kinds: kinds.optional(),
  isOn: z.boolean().optional(),
  secret: secret.nullable().optional(),
});
export type UpdateNoticeHook = z.infer<typeof UpdateNoticeHook>;

export const listNoticeHooks = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/notice-hooks',
  action: 'notice-hook:manage',
  summary: 'Where notices are sent to',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(NoticeHook),
});

export const createNoticeHook = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/notice-hooks',
  action: 'notice-hook:manage',
  summary: 'Send notices to a URL',
  tag,
  status: 201,
  body: NewNoticeHook,
  response: NoticeHook,
});

export const updateNoticeHook = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/notice-hooks/:noticeHookId',
  action: 'notice-hook:manage',
  summary: 'Change where notices are sent to',
  tag,
  body: UpdateNoticeHook,
  response: NoticeHook,
  needsIfMatch: true,
});

export const deleteNoticeHook = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/notice-hooks/:noticeHookId',
  action: 'notice-hook:manage',
  summary: 'Send no more notices there',
  tag,
  needsIfMatch: true,
});

export const testNoticeHook = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/notice-hooks/:noticeHookId/test',
  action: 'notice-hook:manage',
  summary: 'Send a notice that says it is a test, and tell how it went',
  tag,
  status: 200,
  response: NoticeHook,
});
