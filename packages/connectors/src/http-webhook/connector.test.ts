import type { Connector } from '../connector.ts';
import { type ContractSubject, describeConnectorContract } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import type { ReceiverFault } from '../testing/row-destination-contract.ts';
import { freePort, serveTcp } from '../testing/servers.ts';
import { httpWebhookConnector } from './connector.ts';
import { openWebhook } from './open-webhook.ts';
import { startReceiver, startTokenService, type TestReceiver } from './testing/receiver.ts';

const connector: Connector = httpWebhookConnector;
const impatient = { deadlineMs: 250 };

const isUnauthorized = (fault: ReceiverFault): boolean => typeof fault === 'object' && fault.status === 401;

const rowsOf = (receiver: TestReceiver, takesTokens: boolean): ContractSubject['rows'] => ({
  openImpatiently: openWebhook(impatient) as NonNullable<Connector['openDestination']>,
  receiver: {
    accepted: () => receiver.accepted,
    // Who refuses an access token refuses the next one, too.
    fail: (...faults) =>
      receiver.fail(...faults.flatMap((fault) => (takesTokens && isUnauthorized(fault) ? [fault, fault] : [fault]))),
  },
});

const contentsOf = (receiver: TestReceiver) => async () => receiver.accepted.map((one) => JSON.stringify(one));

/** A token in a header, and bodies that are compressed. */
const withToken = async (): Promise<ContractSubject> => {
  const token = 'canary-right-token';
  const receiver = await startReceiver(({ authorization }) => authorization === `Bearer ${token}`);
  const silent = await serveTcp(() => undefined);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const target = (url: string, token: string) => ({
    settings: { url: `${url}/in?source=junction`, authentication: 'bearer', compresses: true },
    secrets: { token },
  });
  return {
    outbound: createOutbound({ allowedHosts: [receiver.url, silent.url, nowhere] }),
    healthy: target(receiver.url, token),
    wrongSecret: { ...target(receiver.url, 'canary-wrong-token'), failsAt: 'authenticate' },
    hanging: target(silent.url, token),
    unreachable: target(nowhere, token),
    contents: contentsOf(receiver),
    rows: rowsOf(receiver, false),
    close: async () => {
      await receiver.close();
      await silent.close();
    },
  };
};

/** Access tokens from a service of their own. */
const withTokenService = async (): Promise<ContractSubject> => {
  const clientSecret = 'canary-client-secret';
  const tokens = await startTokenService('junction', clientSecret);
  const receiver = await startReceiver(tokens.lets);
  const silent = await serveTcp(() => undefined);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const target = (url: string, tokenUrl: string, clientSecret: string) => ({
    settings: { url, authentication: 'oauth2', tokenUrl, clientId: 'junction' },
    secrets: { clientSecret },
  });
  return {
    outbound: createOutbound({ allowedHosts: [receiver.url, tokens.url, silent.url, nowhere] }),
    healthy: target(receiver.url, tokens.tokenUrl, clientSecret),
    wrongSecret: { ...target(receiver.url, tokens.tokenUrl, 'canary-wrong-secret'), failsAt: 'authenticate' },
    hanging: target(receiver.url, silent.url, clientSecret),
    unreachable: target(nowhere, tokens.tokenUrl, clientSecret),
    contents: contentsOf(receiver),
    rows: rowsOf(receiver, true),
    close: async () => {
      await receiver.close();
      await tokens.close();
      await silent.close();
    },
  };
};

describeConnectorContract(connector, withToken);

describeConnectorContract(connector, withTokenService);
