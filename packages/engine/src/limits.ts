/** What one call takes at most; files come from elsewhere, so nothing here is without an end. */
export const engineLimits = {
  /** A row of a CSV file. The longest text of Dataverse has a million characters; a row that is longer is mostly a quote that nobody closed. */
  rowBytes: 2 * 1024 * 1024,
  /** Bytes of a CSV file that DuckDB takes at a time: several of them are in memory, and each must have room for the longest row. */
  readBytes: 8 * 1024 * 1024,
  /** Of a row that is set aside: enough to find it by, little enough that a few thousand of them stay a file that opens. */
  setAsideBytes: 64 * 1024,
  /** Bytes of the delimiter between two values; DuckDB takes no more. */
  delimiterBytes: 4,
  /** Rows of a preview: more than anybody reads. */
  previewRows: 1_000,
  /** Megabytes of memory for each thread of DuckDB. */
  threadMb: 128,
  /** What DuckDB may write beside what it was asked for, when memory is short. */
  spillGb: 16,
  /** Long queries at a time. Each holds a thread of Node's pool of four, which files and name look-ups need too. */
  queriesAtOnce: 2,
  /** Previews at a time, apart from those, so that nobody waits in front of a screen for an export to end. */
  previewsAtOnce: 1,
  /** Cities that a tally tells by name: more bars than anybody reads. */
  talliedCities: 500,
  /** Characters of a city's name that a tally keeps: longer ones are no names. */
  tallyTextLength: 100,
  /** Groups of a tally before those that came more than once are made one; some 25 bytes each. */
  tallyGroups: 1_000_000,
  /** Hashes of ids that are compared at a time; some 30 bytes each. */
  idsAtOnce: 2_000_000,
  /** The beginning of a file that tells what the rest will be like: a header has room in it. */
  beginningBytes: 64 * 1024,
  /** Bytes that go through JavaScript at a time. */
  chunkBytes: 1024 * 1024,
} as const;
