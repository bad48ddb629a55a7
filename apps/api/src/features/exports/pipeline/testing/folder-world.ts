import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Connector, connectorOf, connectors, type FileDestination } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { newId } from '../../../../platform/ids.ts';
import type { Prisma } from '../../../../platform/prisma/client.ts';
import { connect, makeConnection } from '../../../../testing/connections.ts';
import { makeExport } from '../../../../testing/exports.ts';
import { makeEnvironment } from '../../../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../../../testing/house.ts';
import { readDueCatalogs } from '../../../lake/index.ts';
import { openPlace, type PlaceKind } from './places.ts';

/** Entities of a source: rows by file, by entity. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** A house with a folder of this machine to read from, and a place to write to. */
export type FolderWorld = {
  house: TestHouse;
  environmentId: string;
  root: string;
  sourceId: string;
  destinationId: string;
  /** Writes a model and its files of rows `Id,Name`, each with a header. */
  fill(tables: Tables): Promise<void>;
  /** Has the source's entities described by a manifest from now on, instead of by the model. */
  describeByManifest(names: readonly string[]): Promise<void>;
  /** An export of all entities of the source as they are now. */
  makeExport(
    over?: Omit<Partial<Prisma.ExportUncheckedCreateInput>, 'entities' | 'runState'>,
  ): ReturnType<typeof makeExport>;
  /** Paths of all files below a folder of the destination with their content. */
  files(folder?: string): Promise<Record<string, string>>;
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

const manifestOf = (names: readonly string[]) => ({
  manifestName: 'default',
  jsonSchemaSemanticVersion: '1.0.0',
  entities: names.map((name) => ({
    type: 'LocalEntity',
    entityName: name,
    entityPath: `${name}.cdm.json/${name}`,
    dataPartitionPatterns: [
      {
        rootLocation: name,
        globPattern: '*.csv',
        exhibitsTraits: [
          { traitReference: 'is.partition.format.CSV', arguments: [{ name: 'columnHeaders', value: 'true' }] },
        ],
      },
    ],
  })),
});

const definitionOf = (name: string) => ({
  definitions: [
    {
      entityName: name,
      hasAttributes: [
        { name: 'Id', dataFormat: 'Int64' },
        { name: 'Name', dataFormat: 'String' },
      ],
    },
  ],
});

const csv: contract.ExportFormat = { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false };

type Options = {
  place?: PlaceKind;
  /** Puts something around connectors. */
  wrap?: (connector: Connector) => Connector;
  more?: readonly Connector[];
  env?: Record<string, string>;
};

/** Opens it. */
export const openFolderWorld = async ({
  place: kind = 'local-folder',
  wrap = (connector) => connector,
  more = [],
  env = {},
}: Options = {}): Promise<FolderWorld> => {
  const root = await mkdtemp(join(tmpdir(), 'folder-world-'));
  const place = await openPlace(kind);
  const house = await openTestHouse({
    connectors: [...connectors.map(wrap), ...more],
    env: { JUNCTION_LOCAL_ROOT: root, JUNCTION_SPOOL_DIR: join(root, 'spool'), ...place.env, ...env },
  });
  const { environment, asAdmin } = await makeEnvironment(house);
  const source = await makeConnection(house, environment.id, {
    type: 'local-folder',
    settings: { folder: 'source', readsEntities: true, entityFolder: '' },
    key: undefined,
    secrets: undefined,
    readsEntities: true,
  });
  const { type, settings, secrets } = place;
  const draft = { type, settings, secrets, allow: ['createContainer' as const] };
  await asAdmin(contract.checkDraft, { params: { environmentId: environment.id }, body: draft });
  const destination = await connect(asAdmin, environment.id, { type, settings, secrets });
  /** Past whatever stands between. */
  const look = (): FileDestination => {
    const connector = connectorOf(kind);
    const target = {
      settings: connector?.manifest.settings.parse(settings) ?? {},
      secrets: connector?.manifest.secrets.parse(secrets) ?? {},
    };
    const opened = connector?.openDestination?.(target, { outbound: house.outbound, now: () => new Date() });
    if (opened?.takes !== 'files') throw new Error('It takes no files.');
    return opened;
  };
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const readAgain = async () => {
    await house.db.catalog.deleteMany();
    await readDueCatalogs(house, new AbortController().signal);
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
      await readAgain();
    },
    describeByManifest: async (names) => {
      for (const name of names) await put(`source/${name}.cdm.json`, JSON.stringify(definitionOf(name)));
      await put('source/default.manifest.cdm.json', JSON.stringify(manifestOf(names)));
      await rm(join(root, 'source/model.json'));
      await readAgain();
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
    files: async (folder = '') => {
      const place = look();
      const { signal } = new AbortController();
      const files: Record<string, string> = {};
      for await (const { path, isFolder } of place.list(folder, signal)) {
        if (isFolder) continue;
        const bytes = await place.read(path, 10_000_000, signal);
        if (bytes !== undefined) files[path] = Buffer.from(bytes).toString();
      }
      place.close();
      return files;
    },
    close: async () => {
      await house.close();
      await place.close();
      await rm(root, { recursive: true, force: true });
    },
  };
};
