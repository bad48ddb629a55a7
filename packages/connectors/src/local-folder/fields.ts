import { folderFrom, folderProblem } from '../shared-fields/folder-field.ts';
import { optional, text } from '../shared-fields/text-field.ts';

const top = 'the operator’s folder';

/** Below the operator's folder. A whole path of the server is refused rather than taken for one below. */
export const Folder = text('Enter a folder such as exports.', folderFrom, (folder, typed) =>
  /^\s*(?:[/\\]|[a-z]:[/\\]|[a-z]+:\/\/)/i.test(typed)
    ? `Enter the path from ${top} on, such as exports/2026, without a slash or a drive before it.`
    : folderProblem(folder, top),
);

/** Below the connection's folder. */
export const EntityFolder = optional(
  text('Enter a folder such as ci/prod.', folderFrom, (folder) => folderProblem(folder, 'the connection’s folder')),
);
