import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { DataTable, type DataTableProps, type ListState } from './data-table.tsx';

type Lake = { id: string; name: string; files: number };

const lakes: Lake[] = [
  { id: 'a', name: 'Contoso lake', files: 3 },
  { id: 'b', name: 'Fabrikam lake', files: 12 },
];

const listOf = (changes: Partial<ListState<Lake>> = {}): ListState<Lake> => ({
  data: lakes,
  error: null,
  isFetching: false,
  isFetchingNextPage: false,
  hasNextPage: false,
  fetchNextPage: vi.fn(),
  refetch: vi.fn(),
  ...changes,
});

const show = (changes: Partial<DataTableProps<Lake>> = {}) => {
  const props: DataTableProps<Lake> = {
    label: 'Lakes',
    list: listOf(),
    keyOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { key: 'name', title: 'Name', sortBy: 'name', minWidth: 100, render: ({ name }) => name },
      { key: 'files', title: 'Files', minWidth: 60, isNumber: true, render: ({ files }) => files },
    ],
    empty: { title: 'No lakes', text: 'Set one up.', action: { text: 'Add lake', onClick: vi.fn() } },
    ...changes,
  };
  const view = render(<DataTable {...props} />);
  return {
    ...view,
    props,
    user: userEvent.setup(),
    again: (more: Partial<DataTableProps<Lake>>) => view.rerender(<DataTable {...props} {...more} />),
  };
};

test('shows rows, and which way they are sorted', async () => {
  const onOrderBy = vi.fn();
  const { user } = show({ orderBy: 'name', onOrderBy });
  const head = screen.getByRole('columnheader', { name: /Name/ });
  expect(head).toHaveAttribute('aria-sort', 'ascending');
  expect(screen.getByRole('row', { name: /Fabrikam lake/ })).toHaveTextContent('12');
  await user.click(within(head).getByText('Name'));
  expect(onOrderBy).toHaveBeenCalledExactlyOnceWith('name desc');
});

test('a column without a field to order by cannot be sorted', async () => {
  const onOrderBy = vi.fn();
  const { user } = show({ onOrderBy });
  await user.click(within(screen.getByRole('columnheader', { name: /Files/ })).getByText('Files'));
  expect(onOrderBy).not.toHaveBeenCalled();
});

test('waiting shows nothing at first, then placeholder rows, then the rows', async () => {
  const { again, container } = show({ list: listOf({ data: undefined, isFetching: true }) });
  expect(container.querySelectorAll('.ms-Shimmer-container')).toHaveLength(0);
  await vi.waitFor(() => expect(container.querySelectorAll('.ms-Shimmer-container').length).toBeGreaterThan(0));
  again({ list: listOf() });
  expect(screen.getByRole('row', { name: /Contoso lake/ })).toBeVisible();
  expect(container.querySelectorAll('.ms-Shimmer-container')).toHaveLength(0);
});

test('an empty list says what to do', async () => {
  const { props, user } = show({ list: listOf({ data: [] }) });
  await user.click(screen.getByRole('button', { name: 'Add lake' }));
  expect(props.empty.action?.onClick).toHaveBeenCalledOnce();
});

test('a list emptied by filters offers to clear them', async () => {
  const onClearFilters = vi.fn();
  const { user } = show({ list: listOf({ data: [] }), onClearFilters });
  expect(screen.queryByText('No lakes')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Clear search and filters' }));
  expect(onClearFilters).toHaveBeenCalledOnce();
});

test('an error says what happened, and Retry reads again', async () => {
  const list = listOf({ data: undefined, error: new Error('Junction cannot be reached.') });
  const { user } = show({ list });
  expect(screen.getByRole('alert')).toHaveTextContent('Junction cannot be reached.');
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(list.refetch).toHaveBeenCalledOnce();
});

test('a refresh that fails keeps the rows', () => {
  show({ list: listOf({ error: new Error('Junction cannot be reached.') }) });
  expect(screen.getByRole('row', { name: /Contoso lake/ })).toBeVisible();
});

test('asks for more rows when the last one is in sight, once', () => {
  const list = listOf({ hasNextPage: true });
  const { again } = show({ list });
  expect(list.fetchNextPage).toHaveBeenCalledOnce();
  again({ list: { ...list, isFetching: true, isFetchingNextPage: true } });
  expect(list.fetchNextPage).toHaveBeenCalledOnce();
});

test('goes on asking as long as the end is in sight', () => {
  const list = listOf({ hasNextPage: true });
  const { again } = show({ list });
  again({ list: { ...list, data: [...lakes, { id: 'c', name: 'Third lake', files: 0 }] } });
  expect(list.fetchNextPage).toHaveBeenCalledTimes(2);
});

test('selected rows bring up what can be done with them; Escape clears', async () => {
  const remove = vi.fn();
  const { user } = show({
    commandBar: <button type="button">Add lake</button>,
    bulkActions: (rows) => [{ key: 'remove', text: 'Remove', onClick: () => remove(rows.map(({ id }) => id)) }],
  });
  const check = (name: RegExp) => within(screen.getByRole('row', { name })).getByRole('checkbox');
  await user.click(check(/Contoso lake/));
  await user.click(check(/Fabrikam lake/));
  expect(screen.getByRole('status')).toHaveTextContent('2 selected');
  expect(screen.queryByRole('button', { name: 'Add lake' })).toBeNull();
  await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  expect(remove).toHaveBeenCalledExactlyOnceWith(['a', 'b']);
  await user.keyboard('{Escape}');
  expect(screen.queryByText('2 selected')).toBeNull();
  expect(screen.getByRole('button', { name: 'Add lake' })).toBeVisible();
});

test('what can be done with selected rows comes before what cannot', async () => {
  const { user } = show({
    bulkActions: () => [
      { key: 'run', text: 'Run', disabled: true },
      { key: 'copy', text: 'Copy' },
      { key: 'remove', text: 'Remove' },
    ],
  });
  await user.click(within(screen.getByRole('row', { name: /Contoso lake/ })).getByRole('checkbox'));
  const bar = await screen.findByRole('menubar', { name: 'For the selected rows' });
  const names = within(bar)
    .getAllByRole('menuitem')
    .map((item) => item.querySelector('.ms-Button-label')?.textContent);
  expect(names).toEqual(['Copy', 'Remove', 'Run', 'Clear selection']);
});

test('selecting all chooses the rows that are there, and none that arrive later', async () => {
  const remove = vi.fn();
  const bulkActions: DataTableProps<Lake>['bulkActions'] = (rows) => [
    { key: 'remove', text: 'Remove', onClick: () => remove(rows.map(({ id }) => id)) },
  ];
  const { user, again } = show({ bulkActions });
  const all = () => screen.getByRole('checkbox', { name: 'Select all rows' });
  await user.click(all());
  expect(all()).toBeChecked();
  expect(screen.getByRole('status')).toHaveTextContent('2 selected');
  again({ bulkActions, list: listOf({ data: [...lakes, { id: 'c', name: 'Third lake', files: 0 }] }) });
  expect(all()).not.toBeChecked();
  // The bar measures its actions anew when its content changes, and hides them meanwhile.
  await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  expect(remove).toHaveBeenCalledExactlyOnceWith(['a', 'b']);
});

test('each row has its menu, labelled with its name', async () => {
  const edit = vi.fn();
  const { user } = show({ rowActions: ({ id }) => [{ key: 'edit', text: 'Edit', onClick: () => edit(id) }] });
  await user.click(screen.getByRole('button', { name: 'Actions for Fabrikam lake' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  expect(edit).toHaveBeenCalledExactlyOnceWith('b');
});
