import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Engine } from '@junction/engine';

/** The engine of this process, which is loaded and opened when it is first needed. */
export type EngineDoor = { open(): Promise<Engine>; close(): Promise<void> };

type Options = {
  /** The one folder that it writes to. */
  folder: string;
  /** More that it may read from. */
  readable: readonly string[];
  memoryMb: number;
};

/** A folder by the name that it was given and by its own, where a link leads to it. */
const names = async (folder: string): Promise<string[]> => [folder, await realpath(folder).catch(() => folder)];

/** Makes the door; a process that moves nothing never loads what is behind it. */
export const createEngineDoor = ({ folder, readable, memoryMb }: Options): EngineDoor => {
  let opening: Promise<Engine> | undefined;
  const start = async (): Promise<Engine> => {
    const { openEngine } = await import('@junction/engine');
    const folders = await Promise.all(readable.map(names));
    return openEngine({ folder, readable: [...new Set(folders.flat())], memoryMb, threads: availableParallelism() });
  };
  return {
    open: () => {
      opening ??= start().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    close: async () => {
      const engine = await opening?.catch(() => undefined);
      opening = undefined;
      await engine?.close();
    },
  };
};
