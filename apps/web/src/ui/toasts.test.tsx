import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToastProvider, type Toasts, useToasts } from './toasts.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const show = () => {
  let toasts: Toasts | undefined;
  const Page = () => {
    toasts = useToasts();
    return null;
  };
  render(
    <ToastProvider>
      <Page />
    </ToastProvider>,
  );
  if (toasts === undefined) throw new Error('The page did not render.');
  return toasts;
};

const region = (politeness: 'polite' | 'assertive') => document.querySelector(`[aria-live="${politeness}"]`);

test('good news is announced politely and goes by itself', () => {
  const toasts = show();
  act(() => toasts.success('Contoso lake saved.'));
  expect(region('polite')).toHaveTextContent('Contoso lake saved.');
  act(() => void vi.advanceTimersByTime(6000));
  expect(screen.queryByText('Contoso lake saved.')).toBeNull();
});

test('an error interrupts, and stays until it is dismissed', () => {
  const toasts = show();
  act(() => toasts.error('It could not be saved.'));
  expect(region('assertive')).toHaveTextContent('It could not be saved.');
  act(() => void vi.advanceTimersByTime(60_000));
  expect(region('assertive')).toHaveTextContent('It could not be saved.');
  act(() => screen.getByRole('button', { name: 'Dismiss message' }).click());
  expect(screen.queryByText('It could not be saved.')).toBeNull();
});

test('the page is not covered: the oldest goes', () => {
  const toasts = show();
  act(() => {
    for (const count of [1, 2, 3, 4, 5]) toasts.error(`Message ${count}`);
  });
  expect(screen.queryByText('Message 1')).toBeNull();
  expect(screen.getByText('Message 5')).toBeVisible();
});
