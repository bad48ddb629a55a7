import type { Needed } from '../../../platform/spool.ts';
import type { PlannedFile } from './planned-file.ts';

/** What becomes of a byte of a source that is compressed, and of one that is not, with what the engine needs in between. More is no harm, it is only done a second time. */
const growth = { compressed: 16, plain: 2 };

/** A header, and room for a little. */
const leastOutput = 1024 * 1024;

const isCompressed = ({ format }: PlannedFile): boolean =>
  format.type === 'parquet' || (format.type === 'csv' && format.compression !== undefined);

/** What reading files needs of the disk. Files of a source on this machine are not copied, but nobody knows that yet. */
export const neededFor = (files: readonly PlannedFile[]): Needed => {
  const least = files.reduce((sum, file) => sum + file.bytes, 0);
  const grown = files.reduce((sum, file) => sum + file.bytes * growth[isCompressed(file) ? 'compressed' : 'plain'], 0);
  return { least, likely: least + grown + leastOutput };
};
