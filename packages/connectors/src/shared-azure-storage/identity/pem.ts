/** The parts of a PEM text in their order. https://www.rfc-editor.org/rfc/rfc7468#section-3 */
export const pemParts = (text: string): { label: string; body: string }[] =>
  [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)].map(([, label = '', body = '']) => ({
    label,
    body: body.trim(),
  }));

/** `1.2.840.113549.1.1.1` in DER: the algorithm of a key that is RSA. https://www.rfc-editor.org/rfc/rfc8017#appendix-C */
const rsaIdentifier = '\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01';

/** Enough of the beginning of a key to hold its algorithm, in whole groups of base64. */
const algorithmChars = 96;

/** Whether a private key is RSA, as far as its beginning says. */
export const isRsaKey = ({ label, body }: { label: string; body: string }): boolean => {
  if (label === 'RSA PRIVATE KEY') return true;
  if (label !== 'PRIVATE KEY') return false;
  try {
    return atob(body.replace(/\s+/g, '').slice(0, algorithmChars)).includes(rsaIdentifier);
  } catch {
    return false;
  }
};

/** One text of the parts, in the order that is kept, with nothing between them: exports from keychains have names and attributes there. */
export const pemFrom = (typed: string): string => {
  const parts = pemParts(typed.replace(/\r\n?/g, '\n'));
  if (parts.length === 0) return typed.trim();
  return parts.map(({ label, body }) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`).join('');
};
