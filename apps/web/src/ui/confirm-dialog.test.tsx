import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { ConfirmDialog } from './confirm-dialog.tsx';

const show = (changes: Partial<Parameters<typeof ConfirmDialog>[0]> = {}) => {
  const onConfirm = vi.fn();
  const onCancel = vi.fn();
  render(
    <ConfirmDialog
      title="Remove Contoso lake?"
      consequences={['Its secrets are destroyed.']}
      confirmText="Remove"
      onConfirm={onConfirm}
      onCancel={onCancel}
      {...changes}
    />,
  );
  return { onConfirm, onCancel, user: userEvent.setup() };
};

test('says what will happen, and starts on Cancel', async () => {
  const { onCancel, user } = show();
  expect(screen.getByRole('alertdialog', { name: 'Remove Contoso lake?' })).toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveTextContent('Its secrets are destroyed.');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus());
  await user.keyboard('{Enter}');
  expect(onCancel).toHaveBeenCalledOnce();
});

test('confirms with the red button', async () => {
  const { onConfirm, user } = show();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(onConfirm).toHaveBeenCalledOnce();
});

test('with a name to type, the button waits for exactly that name', async () => {
  const { user } = show({ typeToConfirm: 'Contoso' });
  const button = screen.getByRole('button', { name: 'Remove' });
  await user.type(screen.getByLabelText('Type “Contoso” to confirm'), 'contoso');
  expect(button).toBeDisabled();
  await user.clear(screen.getByLabelText('Type “Contoso” to confirm'));
  await user.type(screen.getByLabelText('Type “Contoso” to confirm'), 'Contoso');
  expect(button).toBeEnabled();
});

test('while it is being done nothing can be pressed or closed', async () => {
  const { onCancel, user } = show({ isBusy: true });
  expect(screen.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await user.keyboard('{Escape}');
  expect(onCancel).not.toHaveBeenCalled();
});

test('says why it did not work', () => {
  show({ error: new Error('An environment keeps at least one admin.') });
  expect(screen.getByText('An environment keeps at least one admin.')).toBeInTheDocument();
});
