import { storageHosts } from './allowed-hosts.ts';

/** What the operator lets the server's own identity open. */
export type ServerIdentity = {
  /** Names of storage accounts, at Azure's own hosts, and whole endpoints on other hosts. */
  accounts: readonly string[];
};

const accountName = /^[a-z0-9]{3,24}$/;

/** An account at another host, without a slash at the end. */
const endpointFrom = (entry: string): string | undefined => {
  const url = URL.parse(entry);
  if (url === null || url.protocol !== 'https:' || url.host === '') return undefined;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/** Reads the list of accounts, separated by commas or white space; `errors` has one sentence for each entry that is none. */
export const parseServerIdentityAccounts = (text: string): { accounts: string[]; errors: string[] } => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const read = entries.map((entry) => {
    if (accountName.test(entry)) return { account: entry };
    const endpoint = endpointFrom(entry);
    return endpoint === undefined
      ? {
          error: `"${entry}": write the name of a storage account (contosolake), or for other hosts than Azure's own a whole endpoint such as https://127.0.0.1:10014/contosolake.`,
        }
      : { account: endpoint };
  });
  return {
    accounts: read.flatMap(({ account }) => account ?? []),
    errors: read.flatMap(({ error }) => error ?? []),
  };
};

/** What follows the account's name in the hosts of Azure itself: the service, and the zone of newer accounts or of a private link. */
const isAzureHost = (host: string, account: string): boolean => {
  const rest = /^[a-z0-9]+((?:\.(?:z\d+|privatelink))?)(\..+)$/.exec(host);
  if (rest === null || !host.startsWith(`${account}.`)) return false;
  return storageHosts.some((entry) => entry === `*${rest[2]}`);
};

/** Whether an endpoint of an account is one that the server's own identity may be sent to. */
export const isListedAccount = ({ accounts }: ServerIdentity, account: string, endpoint: string): boolean => {
  const url = new URL(endpoint);
  if (url.protocol !== 'https:') return false;
  return accounts.some((entry) =>
    entry.includes('://')
      ? entry === endpoint
      : entry === account && url.port === '' && url.pathname === '/' && isAzureHost(url.hostname, account),
  );
};
