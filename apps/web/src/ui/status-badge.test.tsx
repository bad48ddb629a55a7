import { connectionStatuses } from '@junction/contracts';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { StatusBadge, statusWords } from './status-badge.tsx';

it('tells every status apart by its word and its icon, not by colour alone', () => {
  render(connectionStatuses.map((status) => <StatusBadge key={status} status={status} />));
  const icons = connectionStatuses.map((status) =>
    screen.getByText(statusWords(status)).querySelector('[data-icon-name]')?.getAttribute('data-icon-name'),
  );
  expect(new Set(icons).size).toBe(connectionStatuses.length);
  expect(icons).not.toContain(undefined);
});
