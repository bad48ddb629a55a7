import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { type LakeEmulator, startLakeEmulator } from '@junction/lake-emulator';

const account = 'chaoslake';
const key = Buffer.alloc(64, 'chaos').toString('base64');
const container = 'lake';

/** Rows of the source's two entities, in files of this many. */
const files = 3;
const rowsPerFile = 50;

/** A lake with a source in it, and room for what is exported. */
export type ChaosLake = {
  emulator: LakeEmulator;
  /** What a connection to it takes; `changes` to its settings. */
  connection(changes: Record<string, string | boolean>): {
    settings: Record<string, string | boolean>;
    secrets: Record<string, string>;
  };
  /** Every file that was exported, by its path. */
  exported(): Promise<ReadonlyMap<string, Buffer>>;
  /** Every row that the source has, by entity. */
  rows: Readonly<Record<string, readonly string[]>>;
};

const entityModel = (name: string, url: string) => ({
  $type: 'LocalEntity',
  name,
  attributes: [
    { name: 'Id', dataType: 'string' },
    { name: 'Text', dataType: 'string' },
  ],
  partitions: Array.from({ length: files }, (_, index) => ({
    name: `part-${index}`,
    location: `${url}/source/${name}/${index}.csv`,
    fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',', encoding: 'UTF-8' },
  })),
});

/** Starts the lake, and fills it. */
export const openChaosLake = async (): Promise<ChaosLake> => {
  const emulator = await startLakeEmulator({
    port: 0,
    accounts: [{ name: account, key, hierarchicalNamespace: true }],
  });
  const endpoint = emulator.endpointOf(account);
  const store = new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account, key)).getContainerClient(
    container,
  );
  await store.create();
  const put = (path: string, text: string) => store.getBlockBlobClient(path).upload(text, Buffer.byteLength(text));
  const rows: Record<string, string[]> = {};
  for (const name of ['Customer', 'Order']) {
    rows[name] = [];
    for (let file = 0; file < files; file += 1) {
      const own = Array.from({ length: rowsPerFile }, (_, row) => `${name}-${file}-${row},text of ${row}`);
      rows[name].push(...own);
      await put(`source/${name}/${file}.csv`, `Id,Text\n${own.join('\n')}\n`);
    }
  }
  const entities = Object.keys(rows).map((name) => entityModel(name, `${endpoint}/${container}`));
  await put('source/model.json', JSON.stringify({ name: 'chaos', version: '1.0', entities }));
  return {
    emulator,
    rows,
    connection: (changes) => ({
      settings: { accountName: account, container, authentication: 'sharedKey', endpoint, ...changes },
      secrets: { accountKey: key },
    }),
    exported: async () => {
      const found = new Map<string, Buffer>();
      const options = { prefix: 'exports/', includeMetadata: true };
      for await (const { name, properties, metadata } of store.listBlobsFlat(options)) {
        if (metadata?.hdi_isfolder === 'true' || properties.contentLength === undefined) continue;
        found.set(name, await store.getBlobClient(name).downloadToBuffer());
      }
      return found;
    },
  };
};
