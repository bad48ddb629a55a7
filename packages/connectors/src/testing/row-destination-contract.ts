import { afterAll, describe, expect, it } from 'vitest';
import { type Batch, type Closing, type Connector, type RowDestination, StoreError } from '../connector.ts';
import type { ContractSubject } from '../connector-contract.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import type { RawTarget } from './run-check.ts';
import { storeErrorOf } from './store-errors.ts';

/** How a receiver treats one request in place of accepting it. */
export type ReceiverFault =
  /** Answers; `echoes` the whole request in the answer, secrets included. */
  | { status: number; headers?: Readonly<Record<string, string>>; echoes?: true }
  /** Breaks the connection when the request is there. */
  | 'reset'
  /** Never answers. */
  | 'silence';

/** What a connector that takes rows brings to the contract, beside what every connector brings. */
export type RowDestinationSubject = {
  /** Like the connector's own, but gives a receiver a quarter of a second at most. */
  openImpatiently: NonNullable<Connector['openDestination']>;
  receiver: {
    /** The requests that were accepted, in order, as the connector's protocol says what they are. */
    accepted(): readonly ({ batch: Pick<Batch, 'key' | 'lines'> } | { closing: Pick<Closing, 'key' | 'entities'> })[];
    /** The next requests meet these faults, one each. */
    fail(...faults: ReceiverFault[]): void;
  };
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const batch: Batch = {
  key: 'run-1/Customer/1/1',
  run: 'run-1',
  export: 'Nightly customers',
  entity: 'Customer',
  number: 1,
  part: 1,
  rows: 2,
  lines: encode('{"id":1,"name":"Käse 東京"}\n{"id":2,"name":"it\'s \\"quoted\\""}\n'),
};

const closing: Closing = {
  key: 'run-1/closing',
  run: 'run-1',
  export: 'Nightly customers',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:01:00.000Z',
  entities: [{ name: 'Customer', rows: 2, batches: 1 }],
};

/** How soon what was aborted is over. */
const abortPatienceMs = 2_000;

/** What a destination for rows owes to whoever exports, as tests; part of the contract of connectors. */
export const describeRowDestinationContract = (
  connector: Connector,
  subjectOf: () => ContractSubject,
  expectNoSecret: (output: unknown) => void,
): void => {
  describe('as a destination for rows', () => {
    const idle = new AbortController().signal;
    const opened: RowDestination[] = [];
    afterAll(() => {
      for (const destination of opened) destination.close();
    });

    const open = ({
      target = subjectOf().healthy,
      outbound = subjectOf().outbound,
      opener = connector.openDestination,
      signal,
    }: {
      target?: RawTarget;
      outbound?: Outbound;
      opener?: Connector['openDestination'];
      signal?: AbortSignal;
    } = {}): RowDestination => {
      const { settings, secrets } = connector.manifest;
      const destination = opener?.(
        { settings: settings.parse(target.settings), secrets: secrets.parse(target.secrets) },
        { outbound, now: () => new Date(), signal },
      );
      if (destination?.takes !== 'rows') throw new Error('The connector cannot be opened as a destination for rows.');
      opened.push(destination);
      return destination;
    };

    const subject = () => subjectOf().rows as RowDestinationSubject;
    const receiver = () => subject().receiver;
    const errorOf = (work: Promise<unknown>) => storeErrorOf(work, expectNoSecret);

    /** One of each kind of delivery. */
    const worksOf = (destination: RowDestination, signal = idle): Promise<unknown>[] => [
      destination.send(batch, signal),
      destination.finish(closing, signal),
    ];
    const errorsOf = (destination: RowDestination) => Promise.all(worksOf(destination).map(errorOf));

    it('says how much it takes at once, and where it leads without a credential', () => {
      const destination = open();
      expect(destination.batch.maxRows).toBeGreaterThan(0);
      expect(destination.batch.maxBytes).toBeGreaterThan(0);
      expect(destination.locationOf()).not.toBe('');
      expectNoSecret(destination.locationOf());
    });

    it('delivers batches as they are, then what closes the run', async () => {
      const from = receiver().accepted().length;
      const second = { ...batch, key: 'run-1/Customer/1/2', number: 2, rows: 1, lines: encode('{"id":3}\n') };
      const destination = open();
      await destination.send(batch, idle);
      await destination.send(second, idle);
      await destination.finish(closing, idle);
      const delivered = receiver().accepted().slice(from);
      const text = (lines: Uint8Array) => new TextDecoder().decode(lines);
      expect(delivered).toEqual([
        { batch: expect.objectContaining({ key: batch.key }) },
        { batch: expect.objectContaining({ key: second.key }) },
        { closing: expect.objectContaining({ key: closing.key, entities: closing.entities }) },
      ]);
      const lines = delivered.flatMap((one) => ('batch' in one ? [text(one.batch.lines)] : []));
      expect(lines).toEqual([text(batch.lines), text(second.lines)]);
    });

    it('delivers the longest batch that it says it takes', async () => {
      const from = receiver().accepted().length;
      const { maxBytes } = open().batch;
      const lines = encode(`"${'x'.repeat(maxBytes - 3)}"\n`);
      await open().send({ ...batch, key: 'run-1/Customer/1/3', rows: 1, lines }, idle);
      const [delivered] = receiver().accepted().slice(from);
      expect(delivered !== undefined && 'batch' in delivered && delivered.batch.lines.length).toBe(maxBytes);
    });

    it('repeats nothing by itself, and a repetition carries the same key', async () => {
      const from = receiver().accepted().length;
      const destination = open();
      receiver().fail({ status: 500 }, 'reset');
      await errorOf(destination.send(batch, idle));
      await errorOf(destination.send(batch, idle));
      for (const _ of ['accepted', 'accepted again']) await destination.send(batch, idle);
      const keys = receiver()
        .accepted()
        .slice(from)
        .map((one) => ('batch' in one ? one.batch.key : 'closing'));
      expect(keys).toEqual([batch.key, batch.key]);
    });

    it.each([400, 401, 403, 404, 410, 413, 422])(
      'takes HTTP %i for something that somebody must change',
      async (status) => {
        receiver().fail({ status }, { status });
        for (const error of await errorsOf(open())) {
          expect(error.isTransient).toBe(false);
          expect(error.code).not.toBe('unexpected');
        }
      },
    );

    it('follows no redirect', async () => {
      const from = receiver().accepted().length;
      receiver().fail({ status: 307, headers: { location: '/elsewhere' } });
      expect((await errorOf(open().send(batch, idle))).isTransient).toBe(false);
      expect(receiver().accepted()).toHaveLength(from);
    });

    it.each([429, 503])('comes back when HTTP %i says so', async (status) => {
      receiver().fail({ status, headers: { 'retry-after': '7' } });
      expect(await errorOf(open().send(batch, idle))).toMatchObject({ isTransient: true, retryAfterMs: 7_000 });
      const inAMinute = new Date(Date.now() + 60_000).toUTCString();
      receiver().fail({ status, headers: { 'retry-after': inAMinute } });
      const { retryAfterMs = 0 } = await errorOf(open().send(batch, idle));
      expect(retryAfterMs).toBeGreaterThan(30_000);
      expect(retryAfterMs).toBeLessThanOrEqual(61_000);
      receiver().fail({ status, headers: { 'retry-after': 'soon' } });
      expect(await errorOf(open().send(batch, idle))).toMatchObject({ isTransient: true, retryAfterMs: undefined });
    });

    it.each([
      ['an error of the receiver', { status: 500 }],
      ['a gateway without its server', { status: 502 }],
      ['a gateway that waited in vain', { status: 504 }],
      ['a broken connection', 'reset'],
      ['silence', 'silence'],
    ] as const)('takes %s for something that may pass', async (_, fault) => {
      const destination = open({ opener: subject().openImpatiently });
      receiver().fail(fault, fault);
      for (const error of await errorsOf(destination)) {
        expect(error.isTransient).toBe(true);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('says nothing of what a receiver repeats to it', async () => {
      for (const status of [400, 401, 500]) {
        receiver().fail({ status, echoes: true });
        const { message, remedy } = await errorOf(open().send(batch, idle));
        expect(`${message} ${remedy}`).not.toContain('Käse');
      }
    });

    it('says what is wrong with a wrong secret', async () => {
      for (const error of await errorsOf(open({ target: subjectOf().wrongSecret }))) {
        expect(error.isTransient).toBe(false);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('takes a host that nobody answers at for something that may pass', async () => {
      for (const error of await errorsOf(open({ target: subjectOf().unreachable }))) {
        expect(error.isTransient).toBe(true);
        expect(error.code).not.toBe('unexpected');
      }
    });

    it('gets nowhere that the outbound guard refuses', async () => {
      const errors = await errorsOf(open({ outbound: createOutbound({ allowedHosts: [] }) }));
      for (const { isTransient } of errors) expect(isTransient).toBe(false);
    });

    it('is over at once when nobody waits any more', async () => {
      const from = performance.now();
      const abort = new AbortController();
      const reason = new Error('Nobody waits.');
      setTimeout(() => abort.abort(reason), 50);
      const target = subjectOf().hanging;
      const works = [...worksOf(open({ target }), abort.signal), ...worksOf(open({ target, signal: abort.signal }))];
      await Promise.all(works.map((work) => expect(work).rejects.toBe(reason)));
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });

    it('is over at once when it is closed, and takes nothing afterwards', async () => {
      const from = performance.now();
      const destination = open({ target: subjectOf().hanging });
      const works = worksOf(destination);
      setTimeout(() => destination.close(), 50);
      await Promise.all(works.map((work) => expect(work).rejects.toBeInstanceOf(StoreError)));
      await Promise.all(worksOf(destination).map((work) => expect(work).rejects.toBeInstanceOf(StoreError)));
      expect(performance.now() - from).toBeLessThan(abortPatienceMs);
    });
  });
};
