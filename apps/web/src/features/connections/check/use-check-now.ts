import type { CheckResult, Connection } from '@junction/contracts';
import { useRef, useState } from 'react';
import { connectionCount, someNames } from '../../../lib/words.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectionActions } from '../api.ts';
import { type Outcome, runBounded } from './run-bounded.ts';

type Checkable = Pick<Connection, 'id' | 'name'>;

/** The sentence about a check that has ended. */
export const checkSentence = (name: string, { outcome, steps }: CheckResult): string => {
  const failed = steps.find(({ status }) => status === 'failed');
  if (outcome === 'passed') return `${name} is healthy.`;
  return `${name}: ${failed?.message ?? 'The check did not pass.'}`;
};

/** Checks connections from the list, and knows which are being checked now. */
export const useCheckNow = (environmentId: string, onDetails: (connectionId: string) => void) => {
  const { check, refresh, refreshList } = useConnectionActions(environmentId);
  const toasts = useToasts();
  const underWay = useRef(new Set<string>());
  const [checking, setChecking] = useState<ReadonlySet<string>>(new Set());

  const checkOne = async ({ id }: Checkable): Promise<CheckResult> => {
    underWay.current.add(id);
    setChecking(new Set(underWay.current));
    try {
      return await check(id);
    } finally {
      underWay.current.delete(id);
      setChecking(new Set(underWay.current));
    }
  };

  const checkNow = async (connection: Checkable): Promise<void> => {
    if (underWay.current.has(connection.id)) return;
    try {
      const result = await checkOne(connection);
      const sentence = checkSentence(connection.name, result);
      if (result.outcome === 'passed') toasts.success(sentence);
      else toasts.error(sentence, { text: 'Show details', onClick: () => onDetails(connection.id) });
    } catch (error) {
      toasts.error(`${connection.name} could not be checked. ${error instanceof Error ? error.message : ''}`);
    }
    await refresh(connection.id);
  };

  const checkMany = async (connections: readonly Checkable[]): Promise<void> => {
    const waiting = connections.filter(({ id }) => !underWay.current.has(id));
    const results = new Map<string, CheckResult>();
    const outcomes = await runBounded(waiting, async (connection) => {
      results.set(connection.id, await checkOne(connection));
    });
    await refreshList();
    const { text, isGood } = bulkCheckSummary(outcomes, results);
    toasts[isGood ? 'success' : 'error'](text);
  };

  return { checking, checkNow, checkMany };
};

const bulkCheckSummary = (
  outcomes: readonly Outcome<Checkable>[],
  results: ReadonlyMap<string, CheckResult>,
): { text: string; isGood: boolean } => {
  const unchecked = outcomes.filter(({ error }) => error !== undefined).map(({ item }) => item.name);
  const unhealthy = outcomes
    .filter(({ item }) => results.has(item.id) && results.get(item.id)?.outcome !== 'passed')
    .map(({ item }) => item.name);
  const parts = [`Checked ${connectionCount(results.size)}.`];
  if (results.size > 0 && unhealthy.length === 0)
    parts.push(results.size === 1 ? 'It is healthy.' : 'All are healthy.');
  if (unhealthy.length > 0) parts.push(`Not healthy: ${someNames(unhealthy)}.`);
  if (unchecked.length > 0) parts.push(`Could not be checked: ${someNames(unchecked)}.`);
  return { text: parts.join(' '), isGood: unhealthy.length === 0 && unchecked.length === 0 };
};
