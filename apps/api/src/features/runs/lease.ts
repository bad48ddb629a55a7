import { beatEveryMs, leaseMarginSeconds, leaseSeconds, renewEveryMs } from './rules.ts';
import type { Lease, PartProgress } from './work.ts';

/** The right to a step was lost: somebody else may be at it, or the run is over. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease was lost.');
    this.name = 'LeaseLost';
  }
}

const heldMs = (leaseSeconds - leaseMarginSeconds) * 1000;

/**
 * Starts to measure time, by two clocks: the one of the day goes on while a machine sleeps, the steady one while somebody turns the other
 * back. Whichever says more counts; an error on that side only loses a lease early.
 */
export const startWatch = (): (() => number) => {
  const [day, steady] = [Date.now(), performance.now()];
  return () => Math.max(Date.now() - day, performance.now() - steady);
};

type HeldLease = Lease & {
  isHeld(): boolean;
  /** Stops renewing it. */
  end(): void;
};

type Ways = {
  /** Measures since before the lease was given. */
  sinceClaim: () => number;
  /** Makes the lease longer and tells how far the step is; false when it is another one's by now. */
  renew(progress: PartProgress | undefined): Promise<boolean>;
  warn: Lease['warn'];
  fix: Lease['fix'];
  stopping: AbortSignal;
};

/** Holds a lease: renews it now and again, and knows by itself when it could not do so in time, even right after having stood still. */
export const holdLease = ({ sinceClaim, renew, warn, fix, stopping }: Ways): HeldLease => {
  const lost = new AbortController();
  let sinceRenewal = sinceClaim;
  let latest: PartProgress | undefined;
  let told: PartProgress | undefined;
  let isRenewing = false;

  const isHeld = (): boolean => {
    if (!lost.signal.aborted && sinceRenewal() >= heldMs) lost.abort(new LeaseLost());
    return !lost.signal.aborted;
  };
  const beat = async () => {
    if (!isHeld() || isRenewing || (latest === told && sinceRenewal() < renewEveryMs)) return;
    isRenewing = true;
    const [watch, news] = [startWatch(), latest];
    // A database that does not answer is no reason to stop yet: the time that is left decides.
    const isOurs = await renew(news).catch(() => undefined);
    isRenewing = false;
    if (isOurs === false) lost.abort(new LeaseLost());
    if (isOurs !== true || !isHeld()) return;
    [sinceRenewal, told] = [watch, news];
  };
  const beats = setInterval(() => void beat(), beatEveryMs);
  const signal = AbortSignal.any([lost.signal, stopping]);
  return {
    signal,
    isHeld,
    require: () => {
      isHeld();
      signal.throwIfAborted();
    },
    progress: (progress) => {
      latest = progress;
    },
    warn,
    fix,
    end: () => clearInterval(beats),
  };
};
