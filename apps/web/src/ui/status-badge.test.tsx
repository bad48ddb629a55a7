import { connectionStatuses, exportStatuses } from '@junction/contracts';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { StatusBadge, statusWords } from './status-badge.tsx';

it.each([
  ['a connection', connectionStatuses],
  ['an export', exportStatuses],
])('tells every status of %s apart by its word and its icon, not by colour alone', (_, statuses) => {
  render(statuses.map((status) => <StatusBadge key={status} status={status} />));
  const icons = statuses.map((status) =>
    screen.getByText(statusWords(status)).querySelector('[data-icon-name]')?.getAttribute('data-icon-name'),
  );
  expect(new Set(icons).size).toBe(statuses.length);
  expect(icons).not.toContain(undefined);
});
