/** What a URL such as `sftp://ada@files.contoso.com:2222/exports` says. */
export type SftpUrl = { host: string; port?: string; userName?: string; password?: string; folder?: string };

/** https://datatracker.ietf.org/doc/html/draft-ietf-secsh-scp-sftp-ssh-uri-04, with `/~/` for the login folder as curl has it. */
const urlPattern = /^sftp:\/\/(?:([^@/?#\s]*)@)?(?:\[([0-9a-f:.]+)\]|([^:@/?#\s[\]]+))(?::(\d{1,5}))?(\/[^?#]*)?$/i;

const decoded = (text: string | undefined): string | undefined => {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Some programs put parameters such as a fingerprint behind the user name. */
const readUser = (userInfo: string | undefined): Pick<SftpUrl, 'userName' | 'password'> => {
  const [, name, password] = /^([^:;]*)(?:;[^:]*)?(?::(.*))?$/.exec(userInfo ?? '') ?? [];
  return { userName: decoded(name), password: decoded(password) };
};

const folderOf = (path: string | undefined): string | undefined => {
  const folder = decoded(path)?.replace(/^\/~(?=\/|$)/, '~');
  return folder === undefined || /^(?:\/|~\/?)$/.test(folder) ? undefined : folder;
};

/** Takes a URL of a server, or of a folder on it, apart; undefined when the text is none. */
export const readSftpUrl = (text: string): SftpUrl | undefined => {
  const match = urlPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, userInfo, address, name, port, path] = match;
  return { host: address ?? name ?? '', port, ...readUser(userInfo), folder: folderOf(path) };
};

/** What a pasted URL fills in; undefined when the text is none. */
export const readPasted = (
  text: string,
): { settings: Record<string, string>; secrets: Record<string, string> } | undefined => {
  const url = readSftpUrl(text);
  if (url === undefined) return undefined;
  const { host, port = '22', userName, password, folder } = url;
  return {
    settings: {
      host,
      port,
      ...(userName !== undefined && { userName }),
      ...(folder !== undefined && { folder }),
      ...(password !== undefined && { authentication: 'password' }),
    },
    secrets: password === undefined ? {} : { password },
  };
};

/** The host and port as URLs have them. */
export const authorityOf = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
