import { readPasted as readStoragePasted } from '../shared-azure-storage/pasted.ts';
import { readStorageUrl } from '../shared-azure-storage/storage-url.ts';
import { folderFrom, folderProblem } from '../shared-fields/folder-field.ts';
import { text } from '../shared-fields/text-field.ts';

/** The container that audience insights always wrote to. */
const usualContainer = 'customerinsights';

/** `container/folder`, with the usual container before a bare `ci_…`; container names are lower-case, whatever was typed. */
const environmentFolderFrom = (typed: string): string => {
  const url = typed.includes('://') ? readStorageUrl(typed) : undefined;
  const path = folderFrom(url === undefined ? typed : [url.container ?? '', url.folder ?? ''].join('/'));
  if (/^ci_[^/]*$/i.test(path)) return `${usualContainer}/${path}`;
  const [container = '', ...folder] = path.split('/');
  return [container.toLowerCase(), ...folder].join('/');
};

const example = 'customerinsights/ci_ and the environment ID';

const environmentFolderProblem = (path: string): string | undefined => {
  const [container = '', ...folder] = path.split('/');
  if (folder.length === 0) return `Enter container and folder, such as ${example}.`;
  if (!/^[a-z0-9](?:-?[a-z0-9]){2,62}$/.test(container))
    return `"${container}" cannot be a container; begin with one, such as ${example}.`;
  return folderProblem(folder.join('/'), 'the container');
};

/** The folder that the environment wrote to, with its container. */
export const EnvironmentFolder = text(
  'Enter the folder name of the audience insights environment.',
  environmentFolderFrom,
  environmentFolderProblem,
);

/** A stored folder as the container and the path inside it. */
export const placeOfFolder = (environmentFolder: string): { container: string; folder: string } => {
  const at = environmentFolder.indexOf('/');
  return { container: environmentFolder.slice(0, at), folder: environmentFolder.slice(at + 1) };
};

/** Lower-case, without braces, and without the `ci_` of the folder that is named after it. */
const environmentIdFrom = (typed: string): string =>
  typed
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase()
    .replace(/^ci_/, '');

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const EnvironmentId = text('Enter the ID of the audience insights environment.', environmentIdFrom, (id) =>
  guid.test(id)
    ? undefined
    : 'Enter the ID as audience insights shows it under Settings > About, such as 01234567-89ab-cdef-0123-456789abcdef.',
);

/** What a connection string, or a URL of the account or the folder, fills in: the key goes into its own field. */
export const readPasted = (pasted: string) => {
  const read = readStoragePasted(pasted);
  if (read === undefined) return undefined;
  const { container, baseFolder, ...settings } = read.settings;
  if (container === undefined || baseFolder === undefined) return { settings, secrets: read.secrets };
  return { settings: { ...settings, environmentFolder: `${container}/${baseFolder}` }, secrets: read.secrets };
};
