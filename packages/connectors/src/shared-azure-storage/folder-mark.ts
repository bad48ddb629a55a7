/** How a blob says that it stands for a folder, where accounts have real ones and where tools that need them make them up. */
export const folderMark = { hdi_isfolder: 'true' };

export const isFolderMark = (metadata: Record<string, string> | undefined): boolean =>
  metadata?.hdi_isfolder === folderMark.hdi_isfolder;
