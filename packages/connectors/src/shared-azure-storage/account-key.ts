/** An account key is 64 random bytes: 86 base64 characters and two of padding. */
const accountKeyPattern = /^[A-Za-z0-9+/]{86}==$/;

/** The key in a pasted key or connection string. */
export const accountKeyFrom = (text: string): string => {
  const fromConnectionString = /(?:^|;)\s*AccountKey\s*=\s*([^;]+)/i.exec(text)?.[1];
  return (fromConnectionString ?? text).replace(/^[\s"']+|[\s"']+$/g, '').replace(/\s+/g, '');
};

/** Whether a text is an account key. */
export const isAccountKey = (text: string): boolean => accountKeyPattern.test(accountKeyFrom(text));
