import type { Connector } from '@junction/connectors/runtime';
import type { House } from '../../house.ts';
import { connectorOf } from './connector-of.ts';
import { nothingStored, type Patch, planTarget } from './rules.ts';
import type { Target } from './run-check.ts';

/** What settings and secrets that somebody is still typing point at; throws invalidInput for what is wrong with them. */
export const openDraft = (
  { connectors }: Pick<House, 'connectors'>,
  { type, ...draft }: Patch & { type: string },
): { connector: Connector; target: Target } => {
  const connector = connectorOf(connectors, type);
  const plan = planTarget(connector.manifest, nothingStored, draft);
  return { connector, target: { settings: plan.settings, secrets: plan.given } };
};
