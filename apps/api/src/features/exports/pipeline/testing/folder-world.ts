import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Connector, connectors } from '@junction/connectors/runtime';
import type { ExportFormat } from '@junction/contracts';
import { newId } from '../../../../platform/ids.ts';
import type { Prisma } from '../../../../platform/prisma/client.ts';
import { makeConnection } from '../../../../testing/connections.ts';
import { makeExport } from '../../../../testing/exports.ts';
import { makeEnvironment } from '../../../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../../../testing/house.ts';
import { readDueCatalogs } from '../../../lake/index.ts';

/** Entities of a source: rows by file, by entity. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** A house with a folder of this machine to read from and to write to. */
export type FolderWorld = {
  house: TestHouse;
  environmentId: string;
  root: string;
  sourceId: string;
  destinationId: string;
  /** Writes a model and its files of rows `Id,Name`, each with a header. */
  fill(tables: Tables): Promise<void>;
  /** An export of all entities of the source as they are now. */
  makeExport(
    over?: Omit<Partial<Prisma.ExportUncheckedCreateInput>, 'entities' | 'runState'>,
  ): ReturnType<typeof makeExport>;
  /** Paths of all files below the destination's folder with their content. */
  files(): Promise<Record<string, string>>;
  close(): Promise<void>;
};

const header = 'Id,Name';

const modelOf = (tables: Tables) => ({
  name: 'source',
  version: '1.0',
  entities: Object.entries(tables).map(([name, files]) => ({
    $type: 'LocalEntity',
    name,
    attributes: [
      { name: 'Id', dataType: 'int64' },
      { name: 'Name', dataType: 'string' },
    ],
    partitions: files.map((_, index) => ({
      name: `${index}`,
      location: `${encodeURIComponent(name)}/${index}.csv`,
      fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',' },
    })),
  })),
});

const csv: ExportFormat = { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false };

type Options = {
  /** Puts something around connectors. */
  wrap?: (connector: Connector) => Connector;
  more?: readonly Connector[];
  env?: Record<string, string>;
};

/** Opens it. */
export const openFolderWorld = async ({
  wrap = (connector) => connector,
  more = [],
  env = {},
}: Options = {}): Promise<FolderWorld> => {
  const root = await mkdtemp(join(tmpdir(), 'folder-world-'));
  const house = await openTestHouse({
    connectors: [...connectors.map(wrap), ...more],
    env: { JUNCTION_LOCAL_ROOT: root, JUNCTION_SPOOL_DIR: join(root, 'spool'), ...env },
  });
  const { environment } = await makeEnvironment(house);
  const local = (settings: Record<string, string | boolean>) =>
    makeConnection(house, environment.id, {
      type: 'local-folder',
      settings,
      key: undefined,
      secrets: undefined,
      readsEntities: settings.readsEntities === true,
    });
  const source = await local({ folder: 'source', readsEntities: true, entityFolder: '' });
  const destination = await local({ folder: 'destination', readsEntities: false });
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  return {
    house,
    environmentId: environment.id,
    root,
    sourceId: source.id,
    destinationId: destination.id,
    fill: async (tables) => {
      for (const [name, files] of Object.entries(tables))
        for (const [index, rows] of files.entries()) await put(`source/${name}/${index}.csv`, `${header}\n${rows}`);
      await put('source/model.json', JSON.stringify(modelOf(tables)));
      await house.db.catalog.deleteMany();
      await readDueCatalogs(house, new AbortController().signal);
    },
    makeExport: async (over = {}) => {
      const entities = await house.db.entity.findMany({
        where: { connectionId: source.id, goneAt: null },
        orderBy: { name: 'asc' },
      });
      return makeExport(house, environment.id, {
        name: `Export ${newId()}`,
        connectionId: destination.id,
        format: csv,
        entities,
        ...over,
      });
    },
    files: async () => {
      const below = await readdir(join(root, 'destination'), { recursive: true, withFileTypes: true }).catch(() => []);
      const paths = below.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      const top = join(root, 'destination/');
      return Object.fromEntries(
        await Promise.all(paths.map(async (path) => [path.slice(top.length), await readFile(path, 'utf8')])),
      );
    },
    close: async () => {
      await house.close();
      await rm(root, { recursive: true, force: true });
    },
  };
};
