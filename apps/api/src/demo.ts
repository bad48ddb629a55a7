import { addEnvironment } from './features/environments/index.ts';
import { demoAccounts, setPassword } from './features/people/index.ts';
import type { House } from './house.ts';
import { newId } from './platform/ids.ts';
import { hashPassword, verifyPassword } from './platform/passwords.ts';

type Needs = Pick<House, 'db' | 'clock'>;

/** Makes the environment Contoso with one person per role, once; what somebody changes or removes afterwards stays so. */
const seedContoso = async ({ db, clock }: Needs, password: string): Promise<void> => {
  const passwordHash = await hashPassword(password);
  await db.$transaction(async (tx) => {
    const people = demoAccounts.map(({ email, name, role }) => ({ id: newId(), email, name, role }));
    await tx.person.createMany({ data: people.map(({ id, email, name }) => ({ id, email, name, passwordHash })) });
    const owner = people.find(({ role }) => role === 'admin');
    if (owner === undefined) throw new Error('The demo has no admin.');
    const environment = await addEnvironment(tx, {
      name: 'Contoso',
      type: 'sandbox',
      owner,
      now: clock.now(),
      from: null,
    });
    const others = people.filter(({ id }) => id !== owner.id);
    await tx.member.createMany({
      data: others.map(({ id, role }) => ({ environmentId: environment.id, personId: id, role })),
    });
  });
};

/** Makes the printed password of demo mode true for the accounts of the demo that are still there. */
const refreshPasswords = async ({ db }: Needs, password: string): Promise<void> => {
  const people = await db.person.findMany({ where: { email: { in: demoAccounts.map(({ email }) => email) } } });
  for (const person of people) {
    if (!(await verifyPassword(person.passwordHash, password))) await setPassword(db, person.id, password);
  }
};

/** Fills a new installation with the demo; on an old one only sees to it that the printed password works. */
export const seedDemo = async (needs: Needs, password: string): Promise<void> => {
  const isNew = (await needs.db.person.findFirst({ select: { id: true } })) === null;
  await (isNew ? seedContoso(needs, password) : refreshPasswords(needs, password));
};
