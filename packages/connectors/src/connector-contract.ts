import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector } from './connector.ts';
import type { Outbound } from './outbound/outbound.ts';
import { describeCheckContract, describeNetworkCheckContract } from './testing/check-contract.ts';
import {
  type DestinationSubject,
  describeDestinationContract,
  describeNetworkDestinationContract,
  type NetworkDestinationSubject,
} from './testing/destination-contract.ts';
import { describeRowDestinationContract, type RowDestinationSubject } from './testing/row-destination-contract.ts';
import type { RawTarget } from './testing/run-check.ts';
import {
  describeNetworkSourceContract,
  describeSourceContract,
  type SourceSubject,
} from './testing/source-contract.ts';

/** What the tests of a connector of this machine bring so that the contract can be tried on it: it has no secrets, and nobody in between. */
export type LocalSubject = {
  outbound: Outbound;
  /** Passes every step. Its secrets are looked for in everything that comes out. */
  healthy: RawTarget;
  /** Everything that is at the healthy target, to see whether a check leaves a trace. */
  contents(): Promise<string[]>;
  /** For a connector with the capability `source`. */
  source?: SourceSubject;
  /** For a connector with the capability `destination` that takes files. */
  destination?: DestinationSubject;
  close(): Promise<void>;
};

/** What the tests of every other connector bring: it goes over a network, with secrets. */
export type ContractSubject = LocalSubject & {
  /** The healthy target with a secret that is well-formed but wrong, and the step that finds out. */
  wrongSecret: RawTarget & { failsAt: string };
  /** A host that takes connections and never answers. */
  hanging: RawTarget;
  /** A port that nothing listens on. */
  unreachable: RawTarget;
  destination?: NetworkDestinationSubject;
  /** For a connector with the capability `destination` that takes rows. */
  rows?: RowDestinationSubject;
};

const spellingsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  ...(new URLSearchParams(secret).get('sig')?.split(' ') ?? []),
];

/** Opens the subject for the tests of the suite that this is called in, and closes it after them. */
const opened = <Subject extends LocalSubject>(open: () => Promise<Subject>): (() => Subject) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await open();
  });
  afterAll(() => subject.close());
  return () => subject;
};

const isSource = ({ manifest }: Connector): boolean => manifest.capabilities.includes('source');

/** What a destination takes; undefined for what is none. */
const takenBy = ({ manifest }: Connector): 'files' | 'rows' | undefined =>
  manifest.capabilities.includes('destination') ? (manifest.takes ?? 'files') : undefined;

/** A subject brings what goes with its connector, so that no part of the contract is left out by mistake. */
const describeParts = (connector: Connector, subjectOf: () => ContractSubject | LocalSubject): void => {
  it('can be opened for reading if and only if it says so, and says then which folder that is about', () => {
    const parts = [connector.openSource, connector.manifest.entityFolderOf, subjectOf().source];
    expect(parts.map((part) => part !== undefined)).toEqual(parts.map(() => isSource(connector)));
  });

  it('can be opened for writing if and only if it says so, as what it says it takes', () => {
    const subject = subjectOf();
    const rows = 'rows' in subject ? subject.rows : undefined;
    expect(connector.openDestination !== undefined).toBe(takenBy(connector) !== undefined);
    expect([subject.destination !== undefined, rows !== undefined]).toEqual(
      ['files', 'rows'].map((takes) => takenBy(connector) === takes),
    );
  });
};

/** What every connector owes to the rest of Junction, as tests. Each connector's own test calls it once. */
export const describeConnectorContract = (connector: Connector, open: () => Promise<ContractSubject>): void => {
  describe('connector contract', () => {
    const subjectOf = opened(open);
    const expectNoSecret = (output: unknown) => {
      const { healthy, wrongSecret, hanging } = subjectOf();
      const text = JSON.stringify(output);
      const secrets = [healthy, wrongSecret, hanging].flatMap((target) => Object.values(target.secrets));
      for (const spelling of secrets.flatMap(spellingsOf)) expect(text).not.toContain(spelling);
    };
    const parts = [connector, subjectOf, expectNoSecret] as const;

    describeParts(connector, subjectOf);
    describeCheckContract(...parts);
    describeNetworkCheckContract(...parts);
    if (isSource(connector)) {
      describeSourceContract(...parts);
      describeNetworkSourceContract(...parts);
    }
    if (takenBy(connector) === 'files') {
      describeDestinationContract(...parts);
      describeNetworkDestinationContract(...parts);
    }
    if (takenBy(connector) === 'rows') describeRowDestinationContract(...parts);
  });
};

/** The same for a connector of this machine, in place of `describeConnectorContract`: without what only a network or a secret can do wrong. */
export const describeLocalConnectorContract = (connector: Connector, open: () => Promise<LocalSubject>): void => {
  describe('connector contract, on this machine', () => {
    const subjectOf = opened(open);
    // There is none: the first test sees to it.
    const expectNoSecret = () => undefined;
    const parts = [connector, subjectOf, expectNoSecret] as const;

    it('has no secrets, and goes over no network', () => {
      const { manifest } = connector;
      expect(Object.keys(manifest.secrets.shape)).toEqual([]);
      expect(manifest.endpointOf(manifest.settings.parse(subjectOf().healthy.settings))).toMatch(/^file:/);
    });

    describeParts(connector, subjectOf);
    describeCheckContract(...parts);
    if (isSource(connector)) describeSourceContract(...parts);
    if (takenBy(connector) === 'files') describeDestinationContract(...parts);
  });
};
