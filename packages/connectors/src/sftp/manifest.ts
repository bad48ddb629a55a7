import * as z from 'zod';
import { defineManifest, field } from '../manifest.ts';
import {
  Authentication,
  Folder,
  Host,
  HostKeyFingerprint,
  Passphrase,
  Password,
  Port,
  PrivateKey,
  UserName,
} from './fields.ts';
import { authorityOf, readPasted } from './sftp-url.ts';

/** The steps of the check, in the order they are shown. */
export const steps = [
  { step: 'resolve', label: 'Find the host' },
  { step: 'connect', label: 'Connect' },
  { step: 'hostKey', label: 'Check the host key' },
  { step: 'authenticate', label: 'Sign in' },
  { step: 'folder', label: 'Open the folder' },
  { step: 'write', label: 'Write and read a test file' },
] as const;

export type SftpStep = (typeof steps)[number]['step'];

const withKey = { field: 'authentication', is: 'privateKey' } as const;

const settings = z.strictObject({
  host: field(Host, {
    label: 'Host',
    help: 'The server. You may also paste a URL such as sftp://ada@files.contoso.com/exports.',
    placeholder: 'files.contoso.com',
  }),
  port: field(Port, { label: 'Port', placeholder: '22' }),
  userName: field(UserName, { label: 'User name', placeholder: 'junction' }),
  folder: field(Folder, {
    label: 'Folder',
    help: 'Everything is written below this folder: from the top of the server with a slash in front, else from the folder that this user starts in. Leave it empty to use that one.',
    placeholder: '/exports/customer-insights',
  }),
  authentication: field(Authentication, {
    label: 'Authentication',
    control: 'choice',
    choices: { password: 'Password', privateKey: 'Private key' },
  }),
  hostKeyFingerprint: field(HostKeyFingerprint, {
    label: 'Host key fingerprint',
    help: 'How Junction knows that it is this server. When it is empty, the key that the server shows is kept with the connection. Clear it only when the server was given another key on purpose.',
    placeholder: 'SHA256:…',
    isAdvanced: true,
    learnedFor: ['host', 'port'],
  }),
});

const secrets = z.strictObject({
  password: field(Password.optional(), {
    label: 'Password',
    control: 'secret',
    when: { field: 'authentication', is: 'password' },
  }),
  privateKey: field(PrivateKey.optional(), {
    label: 'Private key',
    help: 'The whole file, in the format of OpenSSH, PEM or PuTTY (format 2). The server must know its public key.',
    placeholder: '-----BEGIN OPENSSH PRIVATE KEY-----',
    control: 'secretText',
    when: withKey,
  }),
  passphrase: field(Passphrase.optional(), {
    label: 'Passphrase',
    help: 'Only for a key that is encrypted.',
    control: 'secret',
    when: withKey,
    isOptional: true,
  }),
});

export const sftpManifest = defineManifest({
  type: 'sftp',
  label: 'SFTP',
  category: 'Storage & files',
  description: 'Keep exported data as files on a server that is reached over SSH.',
  capabilities: ['destination'],
  steps,
  settings,
  secrets,
  endpointOf: (place) => `sftp://${encodeURIComponent(place.userName)}@${authorityOf(place)}`,
  readPasted,
});

/** Settings and secrets as the manifest returns them. */
export type SftpTarget = { settings: z.output<typeof settings>; secrets: z.output<typeof secrets> };
