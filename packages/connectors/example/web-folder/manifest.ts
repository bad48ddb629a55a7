import * as z from 'zod';
import { defineManifest, field } from '../../src/manifest.ts';

/** What the browser may know: a folder on a web server that takes files by PUT, with a name and a password. */
export const webFolderManifest = defineManifest({
  type: 'web-folder',
  label: 'Web folder',
  category: 'Storage & files',
  description: 'Keep exported data in a folder of your own web server.',
  capabilities: ['destination'],
  takes: 'rows',
  steps: [
    { step: 'endpoint', label: 'Find the server' },
    { step: 'signIn', label: 'Sign in' },
    { step: 'write', label: 'Write and remove a test file' },
  ],
  settings: z.strictObject({
    address: field(
      z.url({ protocol: /^https?$/, error: 'Enter an address such as https://files.contoso.com/exports.' }).trim(),
      {
        label: 'Address',
        help: 'The folder that files are put into.',
        placeholder: 'https://files.contoso.com/exports',
      },
    ),
    userName: field(z.string().trim().min(1, { error: 'Enter the user name.' }), { label: 'User name' }),
  }),
  secrets: z.strictObject({
    password: field(z.string().min(1, { error: 'Enter the password.' }).optional(), {
      label: 'Password',
      control: 'secret',
    }),
  }),
  endpointOf: ({ address, userName }) => {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}/#${encodeURIComponent(userName)}`;
  },
});
