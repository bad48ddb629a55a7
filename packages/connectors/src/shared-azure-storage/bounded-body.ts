/** Reads a stream to its end, but gives up on one that is longer than `maxBytes`: who answers decides how much comes. */
export const readAtMost = async (stream: NodeJS.ReadableStream, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early destroys the stream.
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBytes) throw new RangeError('The answer is longer than any that was asked for.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};
