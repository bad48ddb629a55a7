/** Any text as a header takes it: what is not visible ASCII is percent-encoded like in a URL, and so is the percent sign. */
export const headerText = (text: string): string =>
  text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, (character) => encodeURIComponent(character));

/** The same for an id that is signed, in which a dot would be ambiguous. */
export const headerId = (id: string): string => headerText(id).replaceAll('.', '%2E');
