/** What a form shows in place of a secret it does not have. None of these characters occurs in a key or a token this way. */
export const isMask = (secret: string): boolean => /[•●∙]|\*{3}/u.test(secret) || /^[*.xX·]+$/.test(secret);

export const maskProblem =
  'This is a placeholder, not the secret itself. Paste the secret, or leave the field as it is.';
