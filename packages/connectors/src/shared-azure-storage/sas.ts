/**
 * What a shared access signature says about itself.
 * https://learn.microsoft.com/rest/api/storageservices/create-account-sas
 * https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 */
export type Sas = {
  /** `account` for `ss`/`srt`, `userDelegation` when an Entra key signed it, else `service`. */
  kind: 'account' | 'service' | 'userDelegation';
  /** `sp`, such as `rwdl`; absent when a stored access policy holds it. */
  permissions?: string;
  /** `ss` of an account SAS, such as `b` or `bfqt`. */
  services?: string;
  /** `srt` of an account SAS: `s` service, `c` container, `o` object. */
  resourceTypes?: string;
  /** `sr` of a service SAS: `c` container, `d` directory, `b` blob … */
  resource?: string;
  startsAt?: Date;
  expiresAt?: Date;
  /** `spr`: `https` or `https,http`. */
  protocol?: string;
  /** `sip`: one address or a range. */
  ipRange?: string;
  /** `si`: the stored access policy that may hold start, expiry and permissions. */
  policy?: string;
};

/** What a SAS can permit: the letter of `sp`, and the word for it. */
const permissionLetters = { read: 'r', list: 'l', write: 'w', delete: 'd' } as const;

export type Permission = keyof typeof permissionLetters;

/** Permissions in words, such as "read and list". */
export const inWords = (permissions: readonly Permission[]): string =>
  permissions.length > 1 ? `${permissions.slice(0, -1).join(', ')} and ${permissions.at(-1)}` : (permissions[0] ?? '');

/** Those of some permissions that a SAS says it lacks, in words; empty when it lacks none, or leaves them to a policy. */
export const lackingPermissions = (sas: Sas | undefined, needs: readonly Permission[]): string => {
  const given = sas?.permissions;
  return given === undefined ? '' : inWords(needs.filter((need) => !given.includes(permissionLetters[need])));
};

/** Query parameters of an operation that a copied URL may carry next to its SAS; they are no part of the token. */
const operationParameters = new Set([
  'restype',
  'comp',
  'prefix',
  'delimiter',
  'resource',
  'directory',
  'timeout',
  'recursive',
  'snapshot',
  'versionid',
]);

/** The query string in a pasted token, URL or connection string: without `?`, without parameters that belong to an operation. */
export const sasTokenFrom = (text: string): string => {
  const trimmed = text.trim().replace(/^["']|["']$/g, '');
  const fromConnectionString = /(?:^|;)\s*SharedAccessSignature\s*=\s*([^;]+)/i.exec(trimmed)?.[1];
  const candidate = fromConnectionString ?? trimmed;
  const query = candidate.includes('?') ? candidate.slice(candidate.indexOf('?') + 1) : candidate;
  return (query.split('#')[0] ?? '')
    .split('&')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !operationParameters.has(nameOf(pair)))
    .map(withEncodedSignature)
    .join('&');
};

const nameOf = (pair: string): string => (pair.split('=')[0] ?? '').toLowerCase();

/** A signature is base64, so a bare `+` or a space in it was meant as `%2B`; left alone it would be read as a space. */
const withEncodedSignature = (pair: string): string =>
  pair.startsWith('sig=') ? `sig=${pair.slice('sig='.length).replace(/[+ ]/g, '%2B')}` : pair;

/** Whether a text is a SAS rather than something else. */
export const isSas = (text: string): boolean => {
  const parameters = new URLSearchParams(sasTokenFrom(text));
  return parameters.has('sig') && (parameters.has('sv') || parameters.has('se') || parameters.has('si'));
};

/** Reads a SAS; what it does not say is absent. */
export const readSas = (token: string): Sas => {
  const parameters = new URLSearchParams(token);
  const text = (name: string): string | undefined => parameters.get(name) || undefined;
  const date = (name: string): Date | undefined => {
    const value = new Date(text(name) ?? Number.NaN);
    return Number.isNaN(value.getTime()) ? undefined : value;
  };
  return {
    kind: text('srt') !== undefined ? 'account' : text('skoid') !== undefined ? 'userDelegation' : 'service',
    permissions: text('sp'),
    services: text('ss'),
    resourceTypes: text('srt'),
    resource: text('sr'),
    startsAt: date('st'),
    expiresAt: date('se'),
    protocol: text('spr'),
    ipRange: text('sip'),
    policy: text('si'),
  };
};
