/** What one reading takes at most. Whoever writes metadata decides how much there is, so nothing here is without an end. */
export const catalogLimits = {
  /** Levels below the folder that was read: `folder/process/run/` is as deep as CDM folders are nested in practice. */
  depth: 3,
  /** Folders that are looked into for a model.json. More means that somebody pointed at a whole lake instead of at a CDM folder. */
  folders: 1_000,
  /** A model.json with 2,000 entities of 100 columns has about 12 MB; a larger one blocks the process for too long while it is parsed. */
  modelBytes: 16 * 1024 * 1024,
  /** All model.json of a catalog together: they are in memory as a catalog at the end. */
  allModelBytes: 64 * 1024 * 1024,
  /** More than the largest Dynamics 365 has tables; a list that long is no help to a person any more. */
  entities: 2_000,
  /** SQL Server allows 1,024 columns in a table, 30,000 in a wide one; tables of segments and measures come near 1,000. */
  columns: 2_000,
  /** Characters of a description; what is longer is no help in a list, and comes with every page of it. */
  description: 1_000,
  /** Manifests that one leads to, itself included: Dynamics 365 has one for each of its modules. */
  manifests: 200,
  /** Levels of folders in which the files of a pattern are looked for: a table of years, months, days and hours, and some. */
  patternDepth: 8,
  /** A partition for each hour of a year, and some. */
  partitions: 10_000,
  /** Folders that are listed to find partitions; some writers give each partition one. */
  partitionFolders: 5_000,
  /** Files that are looked at in one folder of partitions: twenty pages of a listing. */
  filesPerFolder: 100_000,
  /** Listings and files under way at a time: enough to hide the way to the store, few enough not to be throttled. */
  atOnce: 4,
  /** Nesting of unknown keys that is kept: what goes deeper cannot be walked or written as JSON safely. */
  unknownDepth: 32,
} as const;
