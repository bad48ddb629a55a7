/** As many as SHA-256 has. */
const secretBytes = 32;

/** A new signing secret as receivers' libraries take it (Standard Webhooks): `whsec_` and random bytes in base64. */
export const newSigningSecret = (): string =>
  `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(secretBytes))))}`;
