import { describe, expect, it } from 'vitest';
import { isNarrowed, listQueryOf, readListView, withListView } from './list-view.ts';

describe('the view in the address', () => {
  it('reads back what it wrote, and keeps the rest of the address', () => {
    const view = {
      search: "o'lake",
      types: ['adls-gen2'],
      statuses: ['failing', 'actionRequired'],
      order: { field: 'createdAt', descending: true },
    } as const;
    const query = withListView(new URLSearchParams('panel=x'), { ...view, types: [...view.types], statuses: [...view.statuses] });
    expect(query.get('panel')).toBe('x');
    expect(readListView(query)).toEqual(view);
  });

  it('has a short address for the usual view', () => {
    expect(withListView(new URLSearchParams('search=x'), { search: '' }).toString()).toBe('');
  });

  it('leaves out what an address says wrongly', () => {
    expect(readListView(new URLSearchParams('status=broken&orderby=secret+desc'))).toEqual({
      search: '',
      types: [],
      statuses: [],
      order: { field: 'name', descending: false },
    });
  });

  it('becomes the query of the API', () => {
    const view = readListView(new URLSearchParams('search=+lake+&type=adls-gen2&status=failing&orderby=usedBy+desc'));
    expect(listQueryOf(view)).toEqual({
      search: 'lake',
      filter: "type in ('adls-gen2') and status in ('failing')",
      orderby: 'usedBy desc',
    });
    expect(isNarrowed(view)).toBe(true);
    expect(isNarrowed(readListView(new URLSearchParams()))).toBe(false);
  });
});
