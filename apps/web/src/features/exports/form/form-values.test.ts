import { NewExport, UpdateExport } from '@junction/contracts';
import { describe, expect, it, test } from 'vitest';
import { anEntityWithColumns, anExport, anInactiveExport, anOption } from '../testing/exports.ts';
import { differencesOf, mergedValues } from './conflict.ts';
import { newCondition, newGroup } from './filter-tree.ts';
import {
  changesOf,
  definitionOf,
  draftOfEntity,
  type ExportValues,
  newValues,
  noConnection,
  problemsOf,
  valuesOf,
} from './form-values.ts';
import { summaryInWords } from './summary-words.ts';

const customer = anEntityWithColumns({ name: 'Customer' });
const visits = anEntityWithColumns({ name: 'Visits' });
const known = new Map([
  [customer.id, customer.columns],
  [visits.id, visits.columns],
]);
const option = anOption();

const filled = (changes: Partial<ExportValues> = {}): ExportValues => ({
  ...newValues(option.id),
  name: 'High value',
  entities: [draftOfEntity(customer)],
  ...changes,
});

const saved = () =>
  anExport({
    connection: option,
    entities: [
      {
        entityId: customer.id,
        name: 'Customer',
        source: customer.source,
        columns: [{ name: 'Orders', as: 'Count' }, { name: 'CustomerId' }],
        filter: { match: 'all', of: [{ column: 'Orders', is: 'atLeast', value: '3' }] },
        problem: null,
        mayPreview: true,
      },
    ],
    format: { type: 'parquet' },
    folder: 'crm',
  });

describe('what is saved', () => {
  it('is what the contract takes', () => {
    const values = filled({
      name: '  High value ',
      folder: '/crm/weekly/',
      entities: [
        {
          ...draftOfEntity(customer),
          columns: [
            { name: 'CustomerId', as: ' Id ' },
            { name: 'Orders', as: 'Orders' },
          ],
          filter: { ...newGroup(), of: [{ ...newCondition(), column: 'Orders', is: 'atLeast', value: '3' }] },
        },
      ],
    });
    expect(NewExport.parse(definitionOf(values))).toEqual({
      name: 'High value',
      connectionId: option.id,
      entities: [
        {
          entityId: customer.id,
          columns: [{ name: 'CustomerId', as: 'Id' }, { name: 'Orders' }],
          filter: { match: 'all', of: [{ column: 'Orders', is: 'atLeast', value: '3' }] },
        },
      ],
      format: { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false },
      malformedRows: { policy: 'fail' },
      rowLimits: { minimum: null, maximum: null },
      retention: { keep: 'all' },
      folder: 'crm/weekly',
      schedule: { isOn: false, plan: null },
    });
    expect(definitionOf(filled({ connectionId: noConnection })).connectionId).toBeNull();
  });

  it('names only what changed, and never that a connection goes', () => {
    const before = saved();
    const values = valuesOf(before);
    expect(changesOf(values, before)).toEqual({});
    const changes = changesOf({ ...values, folder: 'crm/', name: 'Other', connectionId: noConnection }, before);
    expect(UpdateExport.parse(changes)).toEqual({ name: 'Other' });
    const other = anOption();
    expect(changesOf({ ...values, connectionId: other.id }, before)).toEqual({ connectionId: other.id });
  });

  it('takes JSON in another order for the same', () => {
    const before = saved();
    const schedule = { plan: { timeZone: 'UTC', times: ['08:00'], type: 'daily' }, isOn: true } as const;
    const values = valuesOf({ ...before, schedule: { ...schedule, plan: { ...schedule.plan, times: ['08:00'] } } });
    const reordered = {
      ...before,
      schedule: { isOn: true, plan: { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' } },
    };
    expect(changesOf(values, reordered)).toEqual({});
  });
});

describe('what is wrong', () => {
  it('is said at the field', () => {
    const problems = problemsOf({ ...newValues(), name: 'a/b', folder: '../x' }, known);
    expect(problems.map(({ path }) => path)).toEqual(['connectionId', 'name', 'entities', 'folder']);
    expect(problemsOf(filled(), known)).toEqual([]);
  });

  it('is two columns of one name, whatever their case', () => {
    const columns = [
      { name: 'CustomerId', as: '' },
      { name: 'Orders', as: 'customerID' },
    ];
    expect(problemsOf(filled({ entities: [{ ...draftOfEntity(customer), columns }] }), known)).toMatchObject([
      { path: 'entities.0.columns.1.as' },
    ]);
    expect(problemsOf(filled({ entities: [{ ...draftOfEntity(customer), columns: [] }] }), known)).toMatchObject([
      { path: 'entities.0.columns', message: 'Choose at least one column.' },
    ]);
  });

  it('is a condition without a column, without a value, or with a wrong one', () => {
    const of = [
      newCondition(),
      { ...newCondition(), column: 'Orders' },
      { ...newCondition(), column: 'Orders', value: 'many' },
    ];
    const entities = [{ ...draftOfEntity(customer), filter: { ...newGroup(), of } }];
    expect(problemsOf(filled({ entities }), known).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'missing entities.0.filter.of.0.column',
      'missing entities.0.filter.of.1.value',
      'wrong entities.0.filter.of.2.value',
    ]);
  });

  it('is not what was saved so, though its source has changed since', () => {
    const before = saved();
    const gone = new Map([[customer.id, []]]);
    expect(problemsOf(valuesOf(before), gone, before)).toEqual([]);
    const values = valuesOf(before);
    const touched = values.entities.map((draft) => ({ ...draft, columns: 'all' as const }));
    expect(problemsOf({ ...values, entities: touched }, gone, before)).toMatchObject([
      { path: 'entities.0.filter.of.0.column' },
    ]);
  });
});

describe('rows and files kept', () => {
  const typed = filled({
    malformedRows: { policy: 'setAside', limit: '1,000' },
    rowLimits: { minimum: '', maximum: ' 20 000 ' },
    retention: { keep: 'days', runs: 'nonsense', days: '7' },
  });

  it('are numbers as they were typed, and nothing where the choice asks for none', () => {
    expect(definitionOf(typed)).toMatchObject({
      malformedRows: { policy: 'setAside', limit: 1_000 },
      rowLimits: { minimum: null, maximum: 20_000 },
      retention: { keep: 'days', days: 7 },
    });
    expect(problemsOf(typed, known)).toEqual([]);
    const read = valuesOf(anExport({ ...definitionOf(typed), connection: option, entities: [] }));
    expect(read).toMatchObject({
      rowLimits: { minimum: '', maximum: '20000' },
      retention: { keep: 'days', days: '7' },
    });
  });

  it('say under their fields what is wrong', () => {
    const wrong = filled({
      malformedRows: { policy: 'setAside', limit: '0' },
      rowLimits: { minimum: '10', maximum: '2' },
      retention: { keep: 'runs', runs: 'many', days: '' },
    });
    expect(problemsOf(wrong, known).map(({ path, message }) => [path, message])).toEqual([
      ['retention.runs', 'Enter a whole number of runs.'],
      ['malformedRows.limit', 'Set aside at least 1 row, or let the run fail.'],
      ['rowLimits.maximum', 'The maximum is not below the minimum.'],
    ]);
  });
});

describe('a conflict', () => {
  const before = saved();
  const theirs = { ...before, name: 'Theirs', folder: 'crm/daily', etag: '"2"' };
  const mine = {
    ...valuesOf(before),
    name: 'Mine',
    format: { type: 'csv', delimiter: ';', hasHeader: false, escapeFormulas: false },
  } as const;

  it('names what they changed, in both versions', () => {
    expect(differencesOf(before, mine, theirs, () => undefined)).toEqual([
      { part: 'name', theirs: 'Theirs', yours: 'Mine', isYours: true },
      { part: 'folder', theirs: 'crm/daily', yours: 'crm', isYours: false },
    ]);
  });

  it('is none where both came to the same', () => {
    expect(differencesOf(before, { ...mine, name: 'Theirs', folder: 'crm/daily' }, theirs, () => undefined)).toEqual(
      [],
    );
  });

  it('keeps mine, and theirs where I changed nothing', () => {
    const merged = mergedValues(before, mine, theirs);
    expect(definitionOf(merged)).toMatchObject({
      name: 'Mine',
      folder: 'crm/daily',
      format: { type: 'csv', delimiter: ';', hasHeader: false },
    });
  });
});

test('says what is written in one line', () => {
  const first = { ...draftOfEntity(customer), columns: [{ name: 'Orders', as: '' }] };
  const second = { ...draftOfEntity(visits), filter: newGroup() };
  const schedule = { isOn: true, plan: { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' } };
  const format = { type: 'csvGzip' as const, delimiter: ',', hasHeader: true, escapeFormulas: false };
  expect(summaryInWords(filled({ entities: [first, second], schedule, format }), known, true)).toBe(
    '2 entities, 5 of 8 columns, 1 of them filtered, as CSV (gzip), daily at 08:00 (UTC)',
  );
  expect(summaryInWords(filled({ entities: [{ ...second, columns: 'all' }] }), known, true)).toBe(
    '1 entity, all columns, filtered, as CSV, only when somebody starts it',
  );
  const unread = valuesOf(anInactiveExport());
  expect(
    summaryInWords({ ...unread, entities: unread.entities.map((e) => ({ ...e, columns: [] })) }, new Map(), true),
  ).toMatch(/^1 entity, 0 columns, as CSV/);
});
