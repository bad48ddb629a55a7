/** RFC 2606 keeps `.invalid` from ever being a domain: nobody receives mail there, and no identity provider vouches for it. */
const domain = 'service-accounts.invalid';

/** The address of a service account: a column that people are found by, filled with what nobody can have. */
export const serviceAddressOf = (id: string): string => `${id}@${domain}`;

/** Whether an address is one that only a service account has. */
export const isServiceAddress = (email: string): boolean => email.toLowerCase().endsWith(`@${domain}`);
