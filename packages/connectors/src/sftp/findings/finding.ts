import type { CheckStep, Remedy } from '@junction/contracts';
import type { SftpStep } from '../manifest.ts';

/** What findings put into their sentences. Nothing secret is ever a fact, and nothing of what a server says in words of its own. */
export type Facts = {
  /** With its port, where that is not 22. */
  host: string;
  /** As `ssh-keygen` takes them. */
  hostName: string;
  port: number;
  userName: string;
  /** As it was set; empty for the folder that the user starts in. */
  folder: string;
  authentication: 'password' | 'privateKey';
  /** A path on the server. */
  path?: string;
  /** The key that the host showed. */
  fingerprint?: string;
  keyType?: string;
  /** The key that was expected. */
  pinned?: string;
  /** What the two sides could not agree on, or the ways to sign in that the host offers. */
  what?: string;
  /** What was being done at a path. */
  deed?: Deed;
  /** The server's own number for why it refused, or a code of this machine. */
  errorCode?: string;
  /** Sentences of the outbound guard. */
  refusal?: string;
  refusalRemedy?: string;
};

/** What is done at a path, in words that follow "does not let Junction". */
export type Deed = 'look at' | 'list' | 'make' | 'read' | 'write' | 'rename' | 'remove';

/** One thing that a step or an export can find: a row of the table in the README. */
export type Finding = {
  /** The steps that can find it; none where only exporting does. */
  steps: readonly SftpStep[];
  status: CheckStep['status'];
  /** A failure that may pass by itself. */
  isTransient?: true;
  message: (facts: Facts) => string;
  /** The sentence that says what to do, and a command to copy where one fits. */
  remedy?: (facts: Facts) => Remedy;
  /** The form's field to correct. */
  field?: (facts: Facts) => string;
};

/** Keeps the codes as literal types. */
export const findingTable = <const Code extends string>(table: Record<Code, Finding>): Record<Code, Finding> => table;

/** A remedy without facts. */
export const advice = (text: string) => (): Remedy => ({ text });

/** The field that holds the credential in use. */
export const secretField = ({ authentication }: Facts): string => `secrets.${authentication}`;

export const hostField = (): string => 'settings.host';

/** A name as a word of a command to copy. */
export const inShell = (text: string): string =>
  /^[\w./@‹›-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
