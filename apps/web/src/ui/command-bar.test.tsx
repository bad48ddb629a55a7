import { act, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { SearchField } from './command-bar.tsx';

/** A search whose page takes what is searched only when it is told to, as one that is busy. */
const show = () => {
  const onSearch = vi.fn<(text: string) => void>();
  let take: (value: string) => void = () => undefined;
  const Page = () => {
    const [value, setValue] = useState('');
    take = setValue;
    return <SearchField label="Search" value={value} onSearch={onSearch} />;
  };
  render(<Page />);
  return { onSearch, take: (value: string) => act(() => take(value)), user: userEvent.setup() };
};
const box = () => screen.getByRole('searchbox', { name: 'Search' });

const searched = (onSearch: (text: string) => void, text: string) =>
  waitFor(() => expect(onSearch).toHaveBeenLastCalledWith(text));

test('what is typed stays while the page is behind', async () => {
  const { onSearch, take, user } = show();
  await user.type(box(), 'we');
  await searched(onSearch, 'we');
  expect(box()).toHaveValue('we');
  await user.type(box(), 'ek');
  await searched(onSearch, 'week');
  take('we');
  expect(box()).toHaveValue('week');
  take('week');
  expect(box()).toHaveValue('week');
});

test('a search that changes elsewhere takes the place of what was typed', async () => {
  const { onSearch, take, user } = show();
  await user.type(box(), 'week');
  await searched(onSearch, 'week');
  take('week');
  take('');
  expect(box()).toHaveValue('');
  take('week');
  expect(box()).toHaveValue('week');
});
