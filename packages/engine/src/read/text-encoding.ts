import { EngineError } from '../engine-error.ts';

/** Code pages, by which some writers name an encoding. */
const codePages: Readonly<Record<string, string>> = {
  '65001': 'utf-8',
  '1200': 'utf-16le',
  '1201': 'utf-16be',
  '20127': 'us-ascii',
  '28591': 'iso-8859-1',
};

const byteOrderMarks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** The encoding that a byte order mark at the beginning of a file states, which counts for more than the metadata. */
export const markOf = (beginning: Uint8Array): { encoding: string; length: number } | undefined => {
  const mark = byteOrderMarks.find(({ bytes }) => bytes.every((byte, index) => beginning[index] === byte));
  return mark && { encoding: mark.encoding, length: mark.bytes.length };
};

/** The name that TextDecoder has for an encoding of the metadata. */
export const encodingOf = (stated: string, file: string): string => {
  const name = stated.trim().toLowerCase();
  const page = codePages[name] ?? (/^125\d$/.test(name) ? `windows-${name}` : name);
  try {
    return new TextDecoder(page).encoding;
  } catch {
    throw new EngineError({
      code: 'encodingUnknown',
      message: `"${file}" is written in "${stated}", an encoding that is not known here.`,
      remedy: 'Have its writer use UTF-8.',
      details: { file, reason: 'encodingUnknown' },
    });
  }
};

/** Bytes that are enough to find any mark. */
export const longestMark = 3;
