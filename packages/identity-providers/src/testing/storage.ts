import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What a stand-in provider remembers, in memory and for itself alone: the library's own memory is shared by all providers of a process. */
export type Storage = {
  adapter: AdapterFactory;
  /** Everything of one kind, such as Session. */
  all(model: string): AdapterPayload[];
  put(model: string, id: string, payload: AdapterPayload): void;
  removeAll(model: string, isGone: (payload: AdapterPayload) => boolean): void;
};

export const createStorage = (): Storage => {
  const models = new Map<string, Map<string, AdapterPayload>>();

  const rowsOf = (model: string): Map<string, AdapterPayload> => {
    const rows = models.get(model) ?? new Map<string, AdapterPayload>();
    models.set(model, rows);
    return rows;
  };

  const adapter = (model: string): Adapter => {
    const rows = rowsOf(model);
    return {
      upsert: async (id, payload) => void rows.set(id, payload),
      find: async (id) => rows.get(id),
      findByUid: async (uid) => [...rows.values()].find((row) => row.uid === uid),
      findByUserCode: async (code) => [...rows.values()].find((row) => row.userCode === code),
      consume: async (id) => {
        const row = rows.get(id);
        if (row !== undefined) row.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void rows.delete(id),
      revokeByGrantId: async (grantId) => {
        for (const [id, row] of rows) if (row.grantId === grantId) rows.delete(id);
      },
    };
  };

  return {
    adapter,
    all: (model) => [...rowsOf(model).values()],
    put: (model, id, payload) => void rowsOf(model).set(id, payload),
    removeAll: (model, isGone) => {
      for (const [id, row] of rowsOf(model)) if (isGone(row)) rowsOf(model).delete(id);
    },
  };
};
