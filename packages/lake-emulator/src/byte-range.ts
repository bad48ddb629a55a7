import type { IncomingMessage } from 'node:http';
import { header, type LakeRequest } from './lake-request.ts';

/** First and last byte, counted from 0; `end` is `Infinity` when the request leaves it open. */
export type ByteRange = { start: number; end: number };

/**
 * Reads `x-ms-range`, else `Range`: `bytes=a-b` or `bytes=a-` ("Specifying the range header for Blob service
 * operations"). Any other form counts as absent, as HTTP asks of servers that do not know it.
 */
export const readByteRange = (request: Pick<LakeRequest, 'headers'>): ByteRange | undefined => {
  const text = header(request, 'x-ms-range') ?? header(request, 'range');
  const match = text === undefined ? null : /^bytes=(\d+)-(\d*)$/.exec(text.trim());
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? Number.POSITIVE_INFINITY : Number(match[2]);
  return start > end ? undefined : { start, end };
};

/**
 * Makes Azurite read the range of a Get Blob as Azure does: it takes a malformed one for `NaN`, which breaks the answer,
 * and answers one that starts exactly at the end with no bytes; one that starts later it refuses rightly (416), after
 * permissions and conditions.
 * @param length of the blob in bytes; undefined when there is none.
 */
export const settleBlobRange = (message: IncomingMessage, length: number | undefined): void => {
  const range = readByteRange(message);
  if (range === undefined) {
    delete message.headers.range;
    delete message.headers['x-ms-range'];
  } else if (range.start === length) {
    message.headers['x-ms-range'] = `bytes=${length + 1}-`;
  }
};
