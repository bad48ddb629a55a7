import type { CatalogEntity } from '@junction/cdm';
import { describe, expect, it } from 'vitest';
import { findCustomers, writtenAt } from './customers.ts';

const entity = (model: string, more: Partial<CatalogEntity> = {}): CatalogEntity => ({
  model,
  name: 'Customer',
  columns: [],
  partitions: [],
  unknown: {},
  ...more,
});

const partition = (modifiedAt?: string) => ({
  name: 'a',
  location: 'a.csv',
  format: { type: 'parquet' } as const,
  ...(modifiedAt !== undefined && { modifiedAt }),
});

const model = (path: string, modifiedAt?: string) => ({
  path,
  entities: 1,
  unknown: {},
  ...(modifiedAt !== undefined && { modifiedAt }),
});

describe('when customers were written', () => {
  const customers = entity('a', {
    refreshedAt: '2021-07-15T02:30:00Z',
    partitions: [partition('2021-07-17T00:00:00Z'), partition()],
  });

  it('is the latest that metadata and storage say', () => {
    const catalogOf = (modifiedAt: string) => ({
      models: [model('b', '2026-01-01T00:00:00Z'), model('a', modifiedAt)],
      entities: [],
    });
    expect(writtenAt(catalogOf('2021-07-16T00:00:00Z'), customers)).toBe('2021-07-17T00:00:00Z');
    expect(writtenAt(catalogOf('2021-07-18T00:00:00Z'), customers)).toBe('2021-07-18T00:00:00Z');
  });

  it('is not known where nobody says', () => {
    expect(
      writtenAt({ models: [model('a')], entities: [] }, entity('a', { partitions: [partition()] })),
    ).toBeUndefined();
  });
});

describe('the customers', () => {
  it('are an entity of that name, in any case, and not one that begins with it', () => {
    const entities = [entity('a', { name: 'Customer_Measure' }), entity('b', { name: 'cUSTOMER' })];
    expect(findCustomers({ models: [], entities })?.model).toBe('b');
    expect(findCustomers({ models: [], entities: entities.slice(0, 1) })).toBeUndefined();
  });

  it('are of several the ones that can be read, and of these the latest', () => {
    const problem = { code: 'columnTwice', message: 'Twice.' };
    const entities = [
      entity('empty', { refreshedAt: '2026-01-03T00:00:00Z' }),
      entity('spoilt', { refreshedAt: '2026-01-03T00:00:00Z', partitions: [partition()], problem }),
      entity('old', { refreshedAt: '2026-01-01T00:00:00Z', partitions: [partition()] }),
      entity('new', { refreshedAt: '2026-01-02T00:00:00Z', partitions: [partition()] }),
    ];
    expect(findCustomers({ models: [], entities })?.model).toBe('new');
  });
});
