import type { Role } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { requireDispensable } from './rules.ts';

describe('who may stop being an admin', () => {
  it.each<[Role, boolean, number, string | undefined]>([
    ['admin', false, 2, undefined],
    ['viewer', false, 1, undefined],
    ['contributor', false, 1, undefined],
    ['admin', false, 1, 'lastAdmin'],
    ['admin', true, 1, 'lastAdmin'],
    ['admin', true, 2, 'ownerStays'],
  ])('%s, owner: %s, of %d admins: %s', (role, isOwner, adminCount, code) => {
    const check = () => requireDispensable({ role, isOwner }, adminCount);
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});
