/** Long enough for a browser to have begun with it. */
const keptMs = 60_000;

/** Hands a file that was made in the browser to whoever asked for it. */
export const download = (content: Blob, name: string): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
};

/** "Contoso lake", "Country or region", 20 November → `contoso-lake-country-or-region-2026-11-20.csv`. */
export const fileName = (parts: readonly string[], ending: string): string => {
  const words = parts.map((part) =>
    part
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
  return `${words.filter((word) => word !== '').join('-')}.${ending}`;
};
