import type { RowFilter } from '@junction/contracts';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { anEntityWithColumns } from '../testing/exports.ts';
import { FilterBuilder } from './filter-builder.tsx';
import { draftOf, filterOf } from './filter-tree.ts';

const { columns } = anEntityWithColumns();

const show = (filter: RowFilter | null) => {
  const current = { filter: filter as RowFilter | null };
  const Form = () => {
    const [value, setValue] = useState(filter && draftOf(filter));
    current.filter = value && filterOf(value);
    return (
      <FilterBuilder
        label="Customer"
        columns={columns}
        value={value}
        onChange={setValue}
        path="filter"
        errorAt={() => undefined}
      />
    );
  };
  render(<Form />);
  return { user: userEvent.setup(), current };
};

const isActive = { column: 'IsActive', is: 'isTrue' } as const;

it('nests groups as deep as the contract allows, under names that are all different', async () => {
  const { user, current } = show({ match: 'all', of: [isActive] });
  await user.click(screen.getByRole('button', { name: 'Add group to filter of Customer' }));
  await user.click(screen.getByRole('button', { name: 'Add group to group 2 of filter of Customer' }));
  expect(screen.getByRole('group', { name: 'Group 2 of group 2 of filter of Customer' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^Add group to group 2 of group 2/ })).toBeNull();
  expect(current.filter).toMatchObject({ match: 'all', of: [isActive, { match: 'any', of: [{}, { match: 'all' }] }] });
  const named = ['combobox', 'button', 'textbox'].flatMap((role) => screen.queryAllByRole(role));
  // Fluent’s field with a list has a button of the same name, out of reach of the keyboard.
  const names = named.filter(({ tabIndex }) => tabIndex >= 0).map((element) => element.getAttribute('aria-label'));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('offers what the column’s type can be compared with, and says what is wrong once a value is left', async () => {
  const { user, current } = show({ match: 'all', of: [{ column: 'Orders', is: 'oneOf', values: ['1'] }] });
  const values = screen.getByRole('textbox', { name: 'Condition 1 of filter of Customer: value' });
  await user.type(values, '{Enter}many');
  expect(screen.queryByText(/Enter a whole number/)).toBeNull();
  await user.tab();
  expect(await screen.findByText('“many”: Enter a whole number such as 42.')).toBeInTheDocument();
  await user.type(values, '{Backspace}{Backspace}{Backspace}{Backspace}2');
  await waitFor(() => expect(screen.queryByText(/Enter a whole number/)).toBeNull());
  expect(current.filter).toEqual({ match: 'all', of: [{ column: 'Orders', is: 'oneOf', values: ['1', '2'] }] });
  await user.click(screen.getByRole('combobox', { name: /comparison/ }));
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).not.toContain('contains');
});

it('goes with its last condition, and the focus to where one begins anew', async () => {
  const { user, current } = show({ match: 'all', of: [isActive, { match: 'any', of: [isActive] }] });
  await user.click(screen.getByRole('button', { name: 'Remove condition 1 of group 2 of filter of Customer' }));
  expect(current.filter).toEqual({ match: 'all', of: [isActive] });
  await user.click(screen.getByRole('button', { name: 'Remove condition 1 of filter of Customer' }));
  expect(current.filter).toBeNull();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Add filter to Customer' })).toHaveFocus());
});
