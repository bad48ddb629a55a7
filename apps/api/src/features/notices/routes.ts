import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { createNoticeHook } from './create-notice-hook.ts';
import { deleteNoticeHook } from './delete-notice-hook.ts';
import { listNoticeHooks } from './list-notice-hooks.ts';
import { listNotices } from './list-notices.ts';
import { readNotices } from './read-notices.ts';
import { testNoticeHook } from './test-notice-hook.ts';
import { updateNoticeHook } from './update-notice-hook.ts';

/** What people are told about, and where it is sent to. */
export const noticeRoutes = (route: Route, house: House): void => {
  route(contract.listNotices, (actor, asked) => listNotices(house, actor, asked));
  route(contract.readNotices, (actor, asked) => readNotices(house, actor, asked));
  route(contract.listNoticeHooks, (actor, asked) => listNoticeHooks(house, actor, asked));
  route(contract.createNoticeHook, (actor, asked) => createNoticeHook(house, actor, asked));
  route(contract.updateNoticeHook, (actor, asked) => updateNoticeHook(house, actor, asked));
  route(contract.deleteNoticeHook, (actor, asked) => deleteNoticeHook(house, actor, asked));
  route(contract.testNoticeHook, (actor, asked) => testNoticeHook(house, actor, asked));
};
