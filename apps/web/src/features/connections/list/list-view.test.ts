import { describe, expect, it } from 'vitest';
import { isNarrowed, listQueryOf, readListView, viewDefaults } from './list-view.ts';

describe('the view in the address', () => {
  it('is read as far as it makes sense', () => {
    const state = { search: ' lake ', type: 'adls-gen2', status: 'paused,broken,failing', orderby: 'secret desc' };
    expect(readListView(state)).toEqual({
      search: 'lake',
      types: ['adls-gen2'],
      statuses: ['failing', 'paused'],
      order: { field: 'name', descending: false },
    });
  });

  it('becomes the query of the API', () => {
    const view = readListView({ search: 'lake', type: 'a,b', status: 'failing', orderby: 'usedBy desc' });
    expect(listQueryOf(view)).toEqual({
      search: 'lake',
      filter: "type in ('a','b') and status in ('failing')",
      orderby: 'usedBy desc',
    });
  });

  it('shows everything by name unless it says otherwise', () => {
    const view = readListView(viewDefaults);
    expect(listQueryOf(view)).toEqual({ search: undefined, filter: undefined, orderby: 'name' });
    expect(isNarrowed(view)).toBe(false);
    expect(isNarrowed({ ...view, statuses: ['failing'] })).toBe(true);
  });
});
