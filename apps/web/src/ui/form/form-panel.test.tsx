import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createMemoryRouter, Outlet, useNavigate } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { leaveUnguarded } from '../leave-guard.tsx';
import { applyProblem } from './apply-problem.ts';
import { ChoiceInput, PasswordInput, TextInput } from './fields.tsx';
import { FormPanel } from './form-panel.tsx';
import { useZodForm } from './use-zod-form.ts';

const Lake = z.object({
  name: z.string().min(1, { error: 'Enter a name.' }),
  settings: z.object({ account: z.string().regex(/^[a-z]*$/, { error: 'Only small letters.' }) }),
  key: z.string(),
  who: z.string(),
});
type Lake = z.infer<typeof Lake>;

const show = (onSubmit: (lake: Lake, fail: (error: Error) => void, leave: () => void) => void) => {
  const Panel = () => {
    const navigate = useNavigate();
    const form = useZodForm(Lake, { name: '', settings: { account: '' }, key: '', who: 'admins' });
    return (
      <FormPanel
        title="Set up lake"
        form={form}
        submitText="Save"
        onSubmit={(lake) =>
          onSubmit(
            lake,
            (error) => applyProblem(form, error),
            () => void navigate('/', leaveUnguarded),
          )
        }
        onClose={() => void navigate('/')}
      >
        <TextInput control={form.control} name="name" label="Name" isRequired />
        <TextInput control={form.control} name="settings.account" label="Account" help="Its short name." />
        <PasswordInput control={form.control} name="key" label="Account key" />
        <ChoiceInput
          control={form.control}
          name="who"
          label="Who"
          choices={[
            { key: 'admins', text: 'Administrators' },
            { key: 'all', text: 'Everybody' },
          ]}
        />
      </FormPanel>
    );
  };
  const router = createMemoryRouter(
    [{ path: '/', element: <Outlet />, children: [{ path: 'new', Component: Panel }] }],
    { initialEntries: ['/new'] },
  );
  render(<RouterProvider router={router} />);
  return { router, user: userEvent.setup() };
};

test('gives the values on as the schema made them, without blanks around them', async () => {
  const onSubmit = vi.fn();
  const { user } = show(onSubmit);
  await user.type(screen.getByLabelText(/^Name/), '  Contoso lake ');
  await user.type(screen.getByLabelText('Account key'), ' key ');
  await user.click(screen.getByRole('radio', { name: 'Everybody' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(onSubmit).toHaveBeenCalledOnce());
  expect(onSubmit.mock.calls[0]?.[0]).toEqual({
    name: 'Contoso lake',
    settings: { account: '' },
    key: ' key ',
    who: 'all',
  });
});

test('a field in error gets the focus and says what to type', async () => {
  const onSubmit = vi.fn();
  const { user } = show(onSubmit);
  await user.type(screen.getByLabelText('Account'), 'contoso');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Enter a name.')).toBeInTheDocument();
  expect(screen.getByLabelText(/^Name/)).toHaveFocus();
  expect(onSubmit).not.toHaveBeenCalled();
});

test('a field is checked when it is left, and from then on as one types', async () => {
  const { user } = show(vi.fn());
  const account = screen.getByLabelText('Account');
  await user.type(account, 'Contoso');
  expect(screen.queryByText('Only small letters.')).toBeNull();
  await user.tab();
  expect(await screen.findByText('Only small letters.')).toBeInTheDocument();
  await user.clear(account);
  await user.type(account, 'contoso');
  await waitFor(() => expect(screen.queryByText('Only small letters.')).toBeNull());
});

test('what the server says about fields appears under them, the rest above the form', async () => {
  const refusal = Object.assign(new Error('Some values are not valid.'), {
    fieldErrors: [
      { field: 'settings.account', code: 'unknown', message: 'There is no such account.' },
      { field: 'consent', code: 'required', message: 'Agree first.' },
    ],
  });
  const { user } = show((_, fail) => fail(refusal));
  await user.type(screen.getByLabelText(/^Name/), 'Lake');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is no such account.')).toBeInTheDocument();
  expect(screen.getByLabelText('Account')).toHaveFocus();
  expect(screen.getByText('Agree first.')).toBeInTheDocument();
});

test('what is wrong with the form as a whole comes into sight, every time', async () => {
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
  const { user } = show((_, fail) => fail(new Error('Junction cannot be reached.')));
  await user.type(screen.getByLabelText(/^Name/), 'Lake');
  for (const times of [1, 2]) {
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(scrolled).toHaveBeenCalledTimes(times));
    expect(scrolled.mock.contexts.at(-1)).toHaveTextContent('Junction cannot be reached.');
  }
  scrolled.mockRestore();
});

test('unsaved changes are asked about before they are left', async () => {
  const { router, user } = show(vi.fn());
  await user.type(screen.getByLabelText(/^Name/), 'Lake');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('alertdialog', { name: 'Leave without saving?' })).toBeInTheDocument();
  const buttons = screen.getAllByRole('button', { name: 'Cancel' });
  await user.click(buttons[buttons.length - 1] as HTMLElement);
  expect(router.state.location.pathname).toBe('/new');
  expect(screen.getByLabelText(/^Name/)).toHaveValue('Lake');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
});

test('an untouched form and a saved one are left without a question', async () => {
  const { router, user } = show((_lake, _fail, leave) => leave());
  await user.type(screen.getByLabelText(/^Name/), 'Lake');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(router.state.location.pathname).toBe('/');
  await router.navigate('/new');
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
});
