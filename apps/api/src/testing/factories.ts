import type { Role } from '@junction/contracts';
import { addEnvironment } from '../features/environments/index.ts';
import { startSession } from '../features/people/index.ts';
import { newId } from '../platform/ids.ts';
import { hashPassword } from '../platform/passwords.ts';
import { createClient, type TestClient } from './client.ts';
import type { TestHouse } from './house.ts';

/** The password of everybody that tests make. */
export const testPassword = 'correct horse battery staple';
let hashOnce: Promise<string> | undefined;

/** A person with the password above. */
export const makePerson = async (house: TestHouse, name = 'Pat Person') => {
  const id = newId();
  hashOnce ??= hashPassword(testPassword);
  return house.db.person.create({ data: { id, name, email: `${id}@example.com`, passwordHash: await hashOnce } });
};

/** A client that is signed in as this person. */
export const signedIn = async (house: TestHouse, personId: string): Promise<TestClient> => {
  const { token } = await house.db.$transaction((tx) =>
    startSession(tx, personId, house.clock.now(), { address: '127.0.0.1', client: 'test' }),
  );
  return createClient(house, `junction-session=${token}`);
};

/** An environment with one member per role, each signed in. */
export const makeEnvironment = async (house: TestHouse, name = 'Test environment') => {
  const [admin, contributor, viewer] = await Promise.all([
    makePerson(house, 'Alex Admin'),
    makePerson(house, 'Cleo Contributor'),
    makePerson(house, 'Vic Viewer'),
  ]);
  const environment = await house.db.$transaction((tx) =>
    addEnvironment(tx, { name, type: 'production', owner: admin, now: house.clock.now(), from: null }),
  );
  const join = (personId: string, role: Role) =>
    house.db.member.create({ data: { environmentId: environment.id, personId, role } });
  await join(contributor.id, 'contributor');
  await join(viewer.id, 'viewer');
  const [asAdmin, asContributor, asViewer] = await Promise.all(
    [admin, contributor, viewer].map((person) => signedIn(house, person.id)),
  );
  if (!asAdmin || !asContributor || !asViewer) throw new Error('Somebody is not signed in.');
  return { environment, admin, contributor, viewer, asAdmin, asContributor, asViewer };
};
