import type { Facts } from './findings/finding.ts';
import type { SftpTarget } from './manifest.ts';
import { authorityOf } from './sftp-url.ts';

/** A folder on a server, with what signing in there takes. */
export type SftpPlace = {
  /** What the outbound guard is asked for. */
  url: string;
  /** Without a slash at its end; empty for the folder that the user starts in. */
  folder: string;
  hostKeyFingerprint: string | undefined;
  login: { userName: string } & SftpTarget['secrets'] & { authentication: 'password' | 'privateKey' };
  facts: Facts;
};

const usualPort = 22;

/** Reads a target whose settings and secrets have been parsed by the manifest. */
export const placeOf = ({ settings, secrets }: SftpTarget): SftpPlace => {
  const { host, port, userName, authentication, folder = '', hostKeyFingerprint } = settings;
  const authority = authorityOf(settings);
  return {
    url: `sftp://${authority}`,
    folder,
    hostKeyFingerprint,
    login: { userName, authentication, ...secrets },
    facts: {
      host: port === usualPort ? authority.slice(0, -':22'.length) : authority,
      hostName: host,
      port,
      userName,
      folder,
      authentication,
    },
  };
};

/** A path below the folder as the server takes it. */
export const pathBelow = (folder: string, path: string): string => {
  if (path === '') return folder === '' ? '.' : folder;
  return folder === '' || folder.endsWith('/') ? `${folder}${path}` : `${folder}/${path}`;
};

/** The URL of a path, as curl and others take it: a path from the folder that the user starts in begins with `/~/`. */
export const urlOf = ({ facts, folder }: SftpPlace, path: string): string => {
  const whole = pathBelow(folder, path).replace(/^\.$/, '');
  const encoded = whole.split('/').map(encodeURIComponent).join('/');
  return `sftp://${facts.host}${whole.startsWith('/') ? encoded : `/~/${encoded}`}`;
};
