import {
  type Actor,
  consentTextVersion,
  type NewConnection,
  type ProfileMapping,
  type SampleLake,
  usualImportEveryHours,
} from '@junction/contracts';
import { createConnection } from './features/connections/index.ts';
import { demoAccounts } from './features/people/index.ts';
import type { House } from './house.ts';
import { newId } from './platform/ids.ts';

type Sample = NonNullable<SampleLake['sample']>;

/** What of the sample's customers the profile report is about. */
const sampleMapping: ProfileMapping = {
  gender: 'Gender',
  birthDate: 'BirthDate',
  country: 'Country',
  city: 'City',
  postalCode: 'PostalCode',
  income: 'AnnualIncome',
};

/**
 * Connections to the sample lake, so that everything can be tried at once: one to read entities from, one to write to, and one with a
 * profile report, which these people may see beside the admin.
 */
const connectionsTo = (sample: Sample, readerIds: string[]): NewConnection[] => {
  const { accountName, accountKey, endpoint, container, entityFolder, exportsContainer } = sample;
  const common: Omit<NewConnection, 'name' | 'settings'> = {
    type: 'adls-gen2',
    sharing: { sharedWith: 'adminsAndContributors', personIds: [] },
    secrets: { accountKey },
    consent: { accepted: true, textVersion: consentTextVersion },
    saveAnyway: false,
  };
  const settings = { accountName, endpoint, authentication: 'sharedKey' };
  return [
    {
      ...common,
      name: 'Contoso lake',
      settings: { ...settings, container, baseFolder: 'exports', readsEntities: true, entityFolder },
    },
    { ...common, name: 'Contoso exports', settings: { ...settings, container: exportsContainer } },
    {
      ...common,
      name: 'Contoso customers',
      type: 'audience-insights',
      sharing: { sharedWith: 'admins', personIds: [] },
      settings: {
        ...settings,
        environmentId: entityFolder.replace(/^ci_/, ''),
        environmentFolder: `${container}/${entityFolder}`,
      },
      profiles: { mapping: sampleMapping, everyHours: usualImportEveryHours, personIds: readerIds },
    },
  ];
};

/**
 * Sets connections to the sample lake up in the demo's environment, once, as its admin would: what somebody changes or removes
 * afterwards stays so. A demo without them is a demo too, so a failure is logged and the start goes on.
 */
export const seedDemoConnections = async (house: House, sample: Sample): Promise<void> => {
  const email = demoAccounts.find(({ role }) => role === 'admin')?.email;
  const environment = await house.db.environment.findFirst({
    where: { owner: { email } },
    orderBy: { id: 'asc' },
    include: { owner: true, members: { where: { role: 'contributor' }, select: { personId: true } } },
  });
  if (environment === null) return;
  const { id: environmentId, owner } = environment;
  if ((await house.db.activity.count({ where: { environmentId, kind: 'connection.created' } })) > 0) return;
  const actor: Actor = {
    id: owner.id,
    name: owner.name,
    email: owner.email,
    sessionId: newId(),
    memberships: { [environmentId]: 'admin' },
  };
  const asked = {
    params: { environmentId },
    from: { address: '127.0.0.1', client: 'Junction' },
    signal: new AbortController().signal,
  };
  const readerIds = environment.members.map(({ personId }) => personId);
  const made = await Promise.allSettled(
    connectionsTo(sample, readerIds).map((body) => createConnection(house, actor, { ...asked, body })),
  );
  for (const { reason } of made.filter((one) => one.status === 'rejected'))
    house.log.warn({ err: reason }, 'a connection of the demo could not be set up');
};
