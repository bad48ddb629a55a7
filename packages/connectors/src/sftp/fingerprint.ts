/** The fingerprint in what somebody pasted: alone, or as a line of `ssh-keygen -lf` or of ssh's question; undefined when there is none. */
export const readFingerprint = (text: string): string | undefined => {
  const [, digest] = /(?:^|\s)SHA256:([A-Za-z0-9+/]{43})=?(?=[\s.]|$)/i.exec(text) ?? [];
  return digest === undefined ? undefined : `SHA256:${digest}`;
};
