import { field } from '@junction/connectors/manifests';
import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useForm, useWatch } from 'react-hook-form';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { SchemaFields } from './schema-fields.tsx';
import { fieldsOf } from './schema-form.ts';

const schema = z.strictObject({
  host: field(z.string(), { label: 'Host', help: 'Without a scheme.', placeholder: 'sftp.contoso.com' }),
  folder: field(z.string().optional(), { label: 'Folder' }),
  isMirrored: field(z.boolean().default(false), { label: 'Mirror it', help: 'To another host.', control: 'toggle' }),
  mirror: field(z.string().optional(), {
    label: 'Mirror',
    when: { field: 'isMirrored', is: true },
    isOptional: true,
    keepsPasted: true,
  }),
  signIn: field(z.enum(['password', 'key']), {
    label: 'Sign-in',
    control: 'choice',
    choices: { password: 'Password', key: 'SSH key' },
    choiceHelp: { key: 'Not sent anywhere.' },
  }),
  endsOn: field(z.string().optional(), { label: 'Ends on', control: 'date', isOptional: true }),
  password: field(z.string().optional(), {
    label: 'Secret word',
    control: 'secret',
    when: { field: 'signIn', is: 'password' },
  }),
  privateKey: field(z.string().optional(), {
    label: 'Private key',
    control: 'secretText',
    when: { field: 'signIn', is: 'key' },
  }),
});

const Form = () => {
  const { control } = useForm({
    defaultValues: { settings: { signIn: 'password', isMirrored: 'false' } as Record<string, string> },
  });
  const settings = useWatch({ control, name: 'settings' });
  return (
    <SchemaFields control={control} within="settings" fields={fieldsOf(schema, settings)} onPasteText={() => true} />
  );
};

it('asks for each field in the words and the way of its manifest', async () => {
  const user = userEvent.setup();
  render(<Form />);
  expect(screen.getByRole('textbox', { name: 'Host' })).toBeRequired();
  expect(screen.getByRole('textbox', { name: 'Host' })).toHaveAccessibleDescription('Without a scheme.');
  expect(screen.getByRole('textbox', { name: 'Folder' })).not.toBeRequired();
  expect(screen.getByLabelText('Secret word', { selector: 'input' })).toHaveAttribute('type', 'password');
  expect(screen.queryByRole('textbox', { name: 'Private key' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: /^SSH key/ }));
  expect(screen.getByRole('textbox', { name: 'Private key' }).tagName).toBe('TEXTAREA');
  expect(screen.queryByLabelText('Secret word', { selector: 'input' })).not.toBeInTheDocument();
});

it('says under a choice what it means', () => {
  render(<Form />);
  expect(screen.getByRole('radio', { name: /SSH key/ })).toBeInTheDocument();
  expect(screen.getByText('Not sent anywhere.')).toBeVisible();
});

it('keeps a day as an ISO date, also one that is pasted with a time', async () => {
  const user = userEvent.setup();
  render(<Form />);
  const day = screen.getByLabelText('Ends on');
  expect(day).toHaveAttribute('type', 'date');
  fireEvent.change(day, { target: { value: '2027-06-30' } });
  expect(day).toHaveValue('2027-06-30');
  await user.click(day);
  await user.paste('2028-01-31T09:30:00Z');
  expect(day).toHaveValue('2028-01-31');
});

it('asks for what a switch needs while it is on, and leaves a text pasted there to that field', async () => {
  const user = userEvent.setup();
  render(<Form />);
  const toggle = screen.getByRole('switch', { name: /Mirror it/ });
  expect(toggle).not.toBeChecked();
  expect(toggle).toHaveAccessibleDescription('To another host.');
  expect(screen.queryByRole('textbox', { name: 'Mirror' })).not.toBeInTheDocument();
  await user.click(toggle);
  expect(toggle).toBeChecked();
  const mirror = screen.getByRole('textbox', { name: 'Mirror' });
  expect(mirror).not.toBeRequired();
  await user.click(mirror);
  await user.paste('https://b.contoso.com');
  expect(mirror).toHaveValue('https://b.contoso.com');
  await user.click(screen.getByRole('textbox', { name: 'Host' }));
  await user.paste('https://a.contoso.com');
  expect(screen.getByRole('textbox', { name: 'Host' })).toHaveValue('');
  await user.click(toggle);
  expect(screen.queryByRole('textbox', { name: 'Mirror' })).not.toBeInTheDocument();
});
