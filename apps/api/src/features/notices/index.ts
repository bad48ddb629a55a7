export { deliverNotices } from './deliver-notices.ts';
export { findLastNotice, type LastNotice } from './last-notice.ts';
export { type NewNotice, type NoticeWords, recordNotices } from './record-notices.ts';
export { sweepNotices } from './sweep-notices.ts';
