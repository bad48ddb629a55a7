import { type FakeStore, fakeStores } from './fake-connector.ts';

type FakeEntity = {
  name: string;
  description?: string;
  columns?: readonly string[];
  rows?: number;
  files?: readonly string[];
};

/** The text of a model.json that names these entities. */
export const fakeModel = (entities: readonly FakeEntity[]): string =>
  JSON.stringify({
    name: 'fake',
    version: '1.0',
    entities: entities.map(({ name, description, columns = ['Id'], rows, files = [] }) => ({
      $type: 'LocalEntity',
      name,
      description,
      annotations: rows === undefined ? [] : [{ name: 'rowCount', value: String(rows) }],
      attributes: columns.map((column) => ({ name: column, dataType: 'string' })),
      partitions: files.map((location) => ({
        name: location.split('/').at(-1),
        location,
        refreshTime: '2026-01-02T03:04:05Z',
        fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',' },
      })),
    })),
  });

/** Puts model files into the store of a host, by folder, with a file of 100 bytes for each partition. */
export const fillFakeStore = (
  host: string,
  folders: Readonly<Record<string, readonly FakeEntity[]>>,
  over: FakeStore = {},
): void => {
  const models = Object.entries(folders).map(([folder, entities]) => [`${folder}/model.json`, fakeModel(entities)]);
  const data = Object.entries(folders).flatMap(([folder, entities]) =>
    entities.flatMap(({ files = [] }) => files.map((file) => [`${folder}/${file}`, 'x'.repeat(100)])),
  );
  fakeStores.set(host, { files: Object.fromEntries([...models, ...data]), ...over });
};
