import type { Member } from '@junction/contracts';

/** Where a member's role comes from: "By hand", "By group Data team". */
export const roleFromWords = ({ roleFrom, groupName }: Pick<Member, 'roleFrom' | 'groupName'>): string =>
  roleFrom === 'hand' ? 'By hand' : groupName === null ? 'By group' : `By group ${groupName}`;
