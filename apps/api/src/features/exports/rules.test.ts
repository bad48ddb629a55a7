import { ExportName, exportDeeds, type Role, roles } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { accessTo, copyName, couldManageBefore, refusal } from './rules.ts';

const accesses = [
  { hasConnection: true, mayUseConnection: true, couldManageBefore: false },
  { hasConnection: true, mayUseConnection: false, couldManageBefore: false },
  { hasConnection: false, mayUseConnection: false, couldManageBefore: true },
  { hasConnection: false, mayUseConnection: false, couldManageBefore: false },
];

describe('the name of a copy', () => {
  it('is the name with a number from the second copy on', () => {
    expect([1, 2, 12].map((count) => copyName('Weekly', count))).toEqual([
      'Weekly (copy)',
      'Weekly (copy 2)',
      'Weekly (copy 12)',
    ]);
  });

  it.each([
    'x'.repeat(100),
    `${'x'.repeat(92)} ${'y'.repeat(7)}`,
    '😀'.repeat(50),
    `x${'😀'.repeat(49)}`,
    'é'.repeat(100),
  ])('is a name that an export can have, also made of %s', (name) => {
    for (const count of [1, 2, 99, 12_345]) {
      const copy = copyName(name, count);
      expect(ExportName.parse(copy)).toBe(copy);
      expect(copy.isWellFormed()).toBe(true);
      expect(copy).not.toContain('  ');
    }
  });
});

describe('why somebody may not', () => {
  it('is said in a sentence whenever there is no right, with whom to ask for who is no admin', () => {
    for (const role of roles) {
      for (const access of accesses) {
        for (const deed of exportDeeds) {
          const reason = refusal(deed, role, access);
          if (reason === undefined) continue;
          expect(reason.message).toMatch(/^[A-Z].*\.$/);
          if (role === 'admin') expect(reason).toEqual({ code: 'noConnection', message: 'It has no connection.' });
          else expect([reason.code, reason.message.toLowerCase()]).toEqual(['forbidden', expect.stringMatching(/ask/)]);
        }
      }
    }
  });
});

describe('what is remembered of a lost connection', () => {
  const person = (role: Role) => ({ id: 'p', role });
  const lost = { connectionId: null, lostSharedWith: 'namedContributors', lostSharedWithIds: ['p'] };

  it('counts while there is none, and for who could use it', () => {
    expect(couldManageBefore(person('contributor'), lost)).toBe(true);
    expect(couldManageBefore({ id: 'q', role: 'contributor' }, lost)).toBe(false);
    expect(couldManageBefore(person('viewer'), lost)).toBe(false);
    expect(couldManageBefore(person('contributor'), { ...lost, connectionId: 'c' })).toBe(false);
    expect(couldManageBefore(person('admin'), { ...lost, lostSharedWith: null })).toBe(false);
  });

  it('gives nothing when the present connection is not held', () => {
    const row = { ...lost, connectionId: 'c' };
    expect(accessTo(person('admin'), row, undefined)).toEqual({
      hasConnection: true,
      mayUseConnection: false,
      couldManageBefore: false,
    });
  });
});
