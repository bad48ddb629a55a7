import { describe, expect, it } from 'vitest';
import { migrationFolder, NamingError } from './migration-folder.ts';

const now = new Date('2027-03-04T05:06:07.890Z');

describe('the folder of a new migration', () => {
  it('starts with the time, so that migrations sort in the order in which they were made', () => {
    expect(migrationFolder('add_paused_at', now, '20261121000000_init')).toBe('20270304050607_add_paused_at');
  });

  it.each([undefined, '', 'Add', 'add-paused', '../up', 'a b', '_a', 'a_', '1a', 'a'.repeat(61)])(
    'is not made for the name %j',
    (name) => {
      expect(() => migrationFolder(name, now, undefined)).toThrow(NamingError);
    },
  );

  it('never sorts before the newest', () => {
    expect(() => migrationFolder('late', now, '20280101000000_future')).toThrow(
      '20280101000000_future lies in the future',
    );
  });
});
