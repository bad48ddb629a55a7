import { describeConnectorContract } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { containerOf, lakeAccount, namesIn, wrongKey } from '../testing/lake-subject.ts';
import { freePort, serveTcp } from '../testing/servers.ts';
import { audienceInsightsConnector } from './connector.ts';
import { openInsightsSource } from './read-source.ts';
import { insightsContainer, openInsightsWorld } from './testing/insights-world.ts';

const openInSmallPages = openInsightsSource({ pageSize: 3, pieceBytes: 100 });

describeConnectorContract(audienceInsightsConnector, async () => {
  const world = await openInsightsWorld();
  const { lake, target, put, urlOf } = world;
  const silent = await serveTcp(() => undefined);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  return {
    outbound: createOutbound({ allowedHosts: [lake.url, silent.url, nowhere] }),
    healthy: target(),
    wrongSecret: { ...target({}, { accountKey: wrongKey }), failsAt: 'authenticate' },
    hanging: target({ endpoint: silent.url }),
    unreachable: target({ endpoint: nowhere }),
    contents: () => namesIn(containerOf(lake, lakeAccount, insightsContainer)),
    source: {
      openInSmallPages: ({ settings, secrets }, context) =>
        openInSmallPages({ settings: audienceInsightsConnector.manifest.settings.parse(settings), secrets }, context),
      put,
      urlOf: (path) => urlOf(path.split('/').map(encodeURIComponent).join('/')),
    },
    close: async () => {
      await Promise.all([lake.close(), silent.close()]);
    },
  };
});
