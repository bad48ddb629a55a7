import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Work } from '../breath.ts';

// The cells of a cube as bytes: of each a whole number of 7 bits a byte, the low ones first, with the high bit where more follow. 0 is a hidden
// cell, whose number is not in there; any other is the number of people and one. Most are 0, which gzip makes nothing of.

const gzipped = promisify(gzip);
const gunzipped = promisify(gunzip);

const stepsBetweenBreaths = 1 << 14;
/** The bytes of the largest number that is whole in JavaScript. */
const longestNumber = 8;

/** What a hidden cell is once it is read. */
export const hiddenCell = -1;

function* encode(counts: Float64Array, hidden: Uint8Array): Work<Uint8Array> {
  const bytes = new Uint8Array(counts.length * longestNumber);
  let at = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    if (cell % stepsBetweenBreaths === 0) yield;
    let rest = hidden[cell] === 1 ? 0 : (counts[cell] ?? 0) + 1;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) + 0x80;
    bytes[at++] = rest;
  }
  return bytes.subarray(0, at);
}

function* decode(bytes: Uint8Array, cells: number): Work<Float64Array> {
  const people = new Float64Array(cells);
  let at = 0;
  for (let cell = 0; cell < cells; cell++) {
    if (cell % stepsBetweenBreaths === 0) yield;
    let value = 0;
    let scale = 1;
    let byte = bytes[at++];
    for (; byte !== undefined && byte >= 0x80; byte = bytes[at++]) {
      value += (byte - 0x80) * scale;
      scale *= 0x80;
    }
    people[cell] = value + (byte ?? 0) * scale - 1;
  }
  if (at !== bytes.length) throw new Error('The cells do not belong to the summary.');
  return people;
}

export const packCells = { encode, compress: (bytes: Uint8Array) => gzipped(bytes, { level: constants.Z_BEST_SPEED }) };

export const unpackCells = {
  /** Bytes that become more than so many cells could be are not ours. */
  expand: (packed: Uint8Array, cells: number) => gunzipped(packed, { maxOutputLength: cells * longestNumber }),
  decode,
};
