import { act, cleanup, render, screen } from '@testing-library/react';
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

test('one with something to do stays longer, and as long as somebody is at it', () => {
  const toasts = show();
  const onClick = vi.fn();
  act(() => toasts.success('Contoso lake is removed.', { text: 'Undo', onClick }));
  act(() => void vi.advanceTimersByTime(29_000));
  const undo = screen.getByRole('button', { name: 'Undo' });
  act(() => undo.focus());
  act(() => void vi.advanceTimersByTime(120_000));
  expect(undo).toBeVisible();
  act(() => undo.click());
  expect(onClick).toHaveBeenCalledOnce();
  expect(screen.queryByText('Contoso lake is removed.')).toBeNull();
});

test('one with something to do goes by itself once nobody is at it', () => {
  const toasts = show();
  act(() => toasts.success('Contoso lake is removed.', { text: 'Undo', onClick: vi.fn() }));
  const undo = screen.getByRole('button', { name: 'Undo' });
  act(() => undo.focus());
  act(() => undo.blur());
  act(() => void vi.advanceTimersByTime(29_999));
  expect(undo).toBeVisible();
  act(() => void vi.advanceTimersByTime(1));
  expect(screen.queryByText('Contoso lake is removed.')).toBeNull();
});

test('nothing is left to happen once the place for messages is gone', () => {
  const toasts = show();
  act(() => toasts.success('Contoso lake saved.'));
  cleanup();
  expect(vi.getTimerCount()).toBe(0);
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

test.each(['Undo', 'Dismiss message'])('%s gives the focus back to where it was, or to the page', (name) => {
  const toasts = show();
  const content = document.body.appendChild(document.createElement('main'));
  Object.assign(content, { id: 'content', tabIndex: -1 });
  const origin = content.appendChild(document.createElement('button'));
  const press = () => {
    act(() => toasts.success('Contoso lake is removed.', { text: 'Undo', onClick: vi.fn() }));
    act(() => origin.focus());
    const button = screen.getByRole('button', { name });
    act(() => button.focus());
    return () => {
      act(() => button.click());
      act(() => void vi.advanceTimersByTime(0));
    };
  };
  press()();
  expect(origin).toHaveFocus();
  const again = press();
  origin.remove();
  again();
  expect(content).toHaveFocus();
  content.remove();
});

test('the page is not covered: the oldest goes', () => {
  const toasts = show();
  act(() => {
    for (const count of [1, 2, 3, 4, 5]) toasts.error(`Message ${count}`);
  });
  expect(screen.queryByText('Message 1')).toBeNull();
  expect(screen.getByText('Message 5')).toBeVisible();
});

test('however many there are, they are one landmark', () => {
  const toasts = show();
  act(() => {
    toasts.success('Contoso lake saved.');
    toasts.error('Fabrikam lake could not be saved.');
  });
  expect(screen.getAllByRole('region')).toEqual([screen.getByRole('region', { name: 'Messages' })]);
});
