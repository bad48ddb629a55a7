import { act, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider, useLocation } from 'react-router';
import { expect, it } from 'vitest';
import { useUrlState } from './url-state.ts';

let set: (changes: { search?: string; status?: string }) => void;
const View = () => {
  [, set] = useUrlState({ search: '', status: 'all' });
  return <output>{useLocation().search}</output>;
};

const show = () => {
  const router = createMemoryRouter([{ path: '/', Component: View }]);
  render(<RouterProvider router={router} />);
};

it('keeps what was set a moment before, by whoever still holds the setter of an earlier render', async () => {
  show();
  const early = set;
  await act(async () => early({ search: 'lake' }));
  await act(async () => early({ status: 'failed' }));
  expect(screen.getByRole('status')).toHaveTextContent('?search=lake&status=failed');
});

it('keeps both of two that are set at once, and leaves defaults out', async () => {
  show();
  await act(async () => {
    set({ search: 'lake' });
    set({ status: 'failed' });
  });
  expect(screen.getByRole('status')).toHaveTextContent('?search=lake&status=failed');
  await act(async () => set({ status: 'all' }));
  expect(screen.getByRole('status')).toHaveTextContent('?search=lake');
});
