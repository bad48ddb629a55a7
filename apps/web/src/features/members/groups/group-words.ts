import { formatNumber } from '../../../lib/words.ts';

/** "1 member", "1,200 members". */
export const memberCount = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'member' : 'members'}`;
