/** What somebody is called until they say so themselves: the part of the address before the @, which has at most 64 characters (RFC 5321). */
export const nameFromEmail = (email: string): string => email.slice(0, email.lastIndexOf('@'));
