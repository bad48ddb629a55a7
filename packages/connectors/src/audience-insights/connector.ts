import type { Connector } from '../connector.ts';
import { checkAudienceInsights } from './check-audience-insights.ts';
import { audienceInsightsManifest } from './manifest.ts';
import { openInsightsSource } from './read-source.ts';

export const audienceInsightsConnector: Connector<typeof audienceInsightsManifest> = {
  manifest: audienceInsightsManifest,
  check: checkAudienceInsights,
  openSource: openInsightsSource(),
};
