import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Verification } from './verification.tsx';

it('leaves the focus in the field until the click has landed, as leaving it may move the button', async () => {
  const user = userEvent.setup();
  const onVerify = vi.fn();
  render(
    <>
      <input aria-label="Account" />
      <Verification
        check={{ status: 'idle', steps: [] }}
        isDisabled={false}
        isOutdated={false}
        isRefused={false}
        onVerify={onVerify}
        onCancel={() => undefined}
      />
    </>,
  );
  const button = screen.getByRole('button', { name: 'Verify' });
  await user.click(screen.getByRole('textbox', { name: 'Account' }));
  await user.pointer({ keys: '[MouseLeft>]', target: button });
  expect(screen.getByRole('textbox', { name: 'Account' })).toHaveFocus();
  await user.pointer({ keys: '[/MouseLeft]', target: button });
  expect(onVerify).toHaveBeenCalledOnce();
  expect(button).toHaveFocus();
});
