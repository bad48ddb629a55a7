import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './data-folder.ts';

/** How often is looked how much a room has used. */
const lookEveryMs = 200;

/** Why files do not fit on their way. */
export class SpoolError extends Error {
  readonly code = 'spoolTooSmall';
  readonly remedy: string;
  constructor(maxBytes: number) {
    const megabytes = Math.floor(maxBytes / 1024 / 1024);
    super(`The files do not fit into the ${megabytes} MB that the worker may keep on its disk.`);
    this.name = 'SpoolError';
    this.remedy =
      'Set JUNCTION_SPOOL_MB to more, on a disk that has as much, or have the writer of the source write smaller files.';
  }
}

/** A folder for one piece of work. Its signal fires when the work is to stop, or takes more of the disk than there is for it. */
export type Room = { pathOf(name: string): string; signal: AbortSignal };

/** How many bytes a piece of work needs at least, and how many it is likely to need. */
export type Needed = { least: number; likely: number };

/**
 * Files on their way, on the disk of this machine: never more than a number of bytes at a time, give or take what is written between
 * two looks.
 */
export type Spool = {
  /** Nobody else has files in it, nor in folders beside it whose processes are gone. */
  folder: string;
  /**
   * Gives a piece of work a room when there is one, in the order in which they asked, and removes what is in it afterwards, whatever happens.
   * What needed more than was likely is done once more, alone. Throws SpoolError for what does not fit even then.
   */
  use<T>(needed: Needed, signal: AbortSignal, work: (room: Room) => Promise<T>): Promise<T>;
  /** Removes what crashed processes of this machine have left. */
  sweep(): Promise<void>;
  /** Removes the folder. */
  close(): Promise<void>;
};

/** Folders of this very process. After a restart of a container another process has had the same number. */
const ownNames = new Set<string>();

const isLeftBehind = (name: string): boolean => {
  const [, host, processId] = /^spool-(.+)-(\d+)-[^-]+$/.exec(name) ?? [];
  if (host !== hostname() || ownNames.has(name)) return false;
  return Number(processId) === process.pid || !isAlive(Number(processId));
};

/** How many bytes the files below a folder have. Those that are removed meanwhile count nothing. */
const bytesIn = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** So many bytes, handed out to whoever asked first. */
const createBudget = (maxBytes: number) => {
  const waiting: { bytes: number; enter: () => void }[] = [];
  let free = maxBytes;
  const letIn = () => {
    for (let next = waiting[0]; next !== undefined && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.enter();
    }
  };
  return {
    take: (bytes: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal.throwIfAborted();
        const one = {
          bytes,
          enter: () => {
            signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(one), 1);
          reject(signal.reason);
          letIn();
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(one);
        letIn();
      }),
    /** More for who is in already; false when there is none, as waiting for it while holding some could be for ever. */
    takeMore: (bytes: number): boolean => {
      if (bytes > free) return false;
      free -= bytes;
      return true;
    },
    giveBack: (bytes: number) => {
      free += bytes;
      letIn();
    },
  };
};

/** Makes the spool of this process; nothing is on the disk before it is used. */
export const createSpool = ({ parent, maxBytes }: { parent: string; maxBytes: number }): Spool => {
  const name = `spool-${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  const folder = join(parent, name);
  ownNames.add(name);
  const budget = createBudget(maxBytes);

  /** Does the work in a room of so many bytes; undefined when it needed more than there were. */
  const attempt = async <T>(
    bytes: number,
    signal: AbortSignal,
    work: (room: Room) => Promise<T>,
  ): Promise<{ done: T } | undefined> => {
    await budget.take(bytes, signal);
    let held = bytes;
    const overflow = new AbortController();
    let room: string | undefined;
    let watch: NodeJS.Timeout | undefined;
    let isOver = false;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const own = await mkdtemp(join(folder, 'room-'));
      room = own;
      watch = setInterval(async () => {
        const more = (await bytesIn(own)) - held;
        if (more <= 0 || isOver || overflow.signal.aborted) return;
        if (budget.takeMore(more)) held += more;
        else overflow.abort(new SpoolError(maxBytes));
      }, lookEveryMs);
      const stop = AbortSignal.any([signal, overflow.signal]);
      return { done: await work({ pathOf: (file) => join(own, file), signal: stop }) };
    } catch (error) {
      if (overflow.signal.aborted && !signal.aborted) return undefined;
      throw error;
    } finally {
      isOver = true;
      clearInterval(watch);
      if (room !== undefined) await rm(room, { recursive: true, force: true });
      budget.giveBack(held);
    }
  };

  return {
    folder,
    use: async ({ least, likely }, signal, work) => {
      if (least > maxBytes) throw new SpoolError(maxBytes);
      const first = Math.min(Math.max(least, likely), maxBytes);
      const outcome =
        (await attempt(first, signal, work)) ?? (first < maxBytes ? await attempt(maxBytes, signal, work) : undefined);
      if (outcome === undefined) throw new SpoolError(maxBytes);
      return outcome.done;
    },
    sweep: async () => {
      const names = await readdir(parent).catch(() => []);
      await Promise.all(
        names.filter(isLeftBehind).map((left) => rm(join(parent, left), { recursive: true, force: true })),
      );
    },
    close: async () => {
      await rm(folder, { recursive: true, force: true });
      ownNames.delete(name);
    },
  };
};
