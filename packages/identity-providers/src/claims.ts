/** What a token or the userinfo endpoint says of somebody, before it is believed in any detail. */
export type Claims = Readonly<Record<string, unknown>>;

/** A claim that is a text with something in it. */
export const textOf = (claims: Claims, name: string): string | null => {
  const value = claims[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

/** A claim that lists texts, or is a single one, as some providers write a list of one. */
export const textsOf = (claims: Claims, name: string): string[] => {
  const value = claims[name];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(values.filter((one): one is string => typeof one === 'string' && one !== ''))];
};

/** The standard has `true`; some write it as a text or a number. */
const yes: readonly unknown[] = [true, 'true', 1, '1'];

/** A claim that says yes. */
export const isYes = (claims: Claims, name: string): boolean => yes.includes(claims[name]);

/** The longest address that mail can be sent to, RFC 5321 §4.5.3.1.3. */
const maxAddressLength = 254;

/** An address in lower case, or null where a claim holds none, such as a user name or a telephone number. */
export const addressOf = (claims: Claims, name: string): string | null => {
  const text = textOf(claims, name);
  return text !== null && text.length <= maxAddressLength && /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
};
