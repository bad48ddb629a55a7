import { ExportName, exportDeeds, type Role, roles } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { accessTo, copyName, couldManageBefore, readChoices, refusal, type StoredChoice } from './rules.ts';

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

describe('the entities of an export', () => {
  const found = (id: string, name: string) => ({
    id,
    name,
    connectionId: 'lake',
    sourceName: 'Lake',
    goneAt: null,
    problem: null,
    columns: [
      { name: 'Caf\u00e9', type: 'text' as const, dataType: 'string' },
      { name: 'Cafe\u0301', type: 'text' as const, dataType: 'string' },
    ],
  });
  const choice = (entityId: string, columns: StoredChoice['columns'] = 'all') => ({ entityId, columns, filter: null });
  const stored = (entityId: string, name: string): StoredChoice => ({
    ...choice(entityId),
    connectionId: 'lake',
    sourceName: 'Lake',
    name,
  });
  const all = new Map(
    [found('a', 'Customer'), found('b', 'CUSTOMER'), found('c', 'Caf\u00e9'), found('d', 'Cafe\u0301')].map((one) => [
      one.id,
      one,
    ]),
  );
  const problemsOf = (choices: ReturnType<typeof choice>[], present: StoredChoice[] = []) =>
    readChoices(choices, all, present, ({ columns }) => columns === 'all').problems.map(({ field, code }) => [
      field,
      code,
    ]);

  it('have names of their own, since each is written to a folder of that name', () => {
    expect(problemsOf([choice('a'), choice('c'), choice('b'), choice('d')])).toEqual([
      ['entities.2.entityId', 'entityNameTaken'],
      ['entities.3.entityId', 'entityNameTaken'],
    ]);
    const [problem] = readChoices([choice('a'), choice('b')], all, [], () => false).problems;
    expect(problem?.message).toMatch(/"CUSTOMER".*two exports\.$/);
  });

  it('may share one as long as they stay as they are; what is new or changed gives way, wherever it stands', () => {
    const both = [stored('a', 'Customer'), stored('b', 'CUSTOMER')];
    expect(problemsOf([choice('a'), choice('b')], both)).toEqual([]);
    expect(problemsOf([choice('b'), choice('a')], both.slice(0, 1))).toEqual([
      ['entities.0.entityId', 'entityNameTaken'],
    ]);
    expect(problemsOf([choice('a', [{ name: 'Caf\u00e9' }]), choice('b')], both)).toEqual([
      ['entities.0.entityId', 'entityNameTaken'],
    ]);
  });

  it('give each column a name that looks like no other', () => {
    expect(problemsOf([choice('a', [{ name: 'Caf\u00e9' }, { name: 'Cafe\u0301' }])])).toEqual([
      ['entities.0.columns.1.as', 'nameTwice'],
    ]);
  });

  it('have at most a hundred problems told at once', () => {
    const unknown = Array.from({ length: 2_000 }, (_, index) => ({ name: `c${index}` }));
    expect(problemsOf([choice('a', unknown)])).toHaveLength(100);
  });
});
