import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CommandText } from './command-text.tsx';

test('a command reads, and is copied by selecting it, as it was written', () => {
  const command =
    'az role  assignment create --role "Storage Blob Data Contributor" --scope "$(az storage\n  account show)"';
  const { container } = render(<CommandText>{command}</CommandText>);
  expect(container.textContent).toBe(command);
  const words = [...container.querySelectorAll('span')].map(({ textContent }) => textContent);
  expect(words).toContain('--role');
});
