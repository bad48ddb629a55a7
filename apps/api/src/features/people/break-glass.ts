import type { IssuedLink } from '@junction/contracts';
import type { House } from '../../house.ts';
import { StartError } from '../../platform/start-error.ts';
import { recordActivity } from '../activity/index.ts';
import { issueLink } from './one-time-links.ts';
import { isServiceAddress } from './service-address.ts';
import { addPerson } from './store.ts';

/**
 * Makes the link with which somebody becomes an admin of every environment, also when no identity provider lets anybody in; makes the person
 * when there is none of this address. Only the command line does this: whoever can run it can read the database. Throws StartError.
 */
export const issueBreakGlassLink = (
  house: Pick<House, 'db' | 'publicUrl' | 'clock'>,
  email: string,
): Promise<IssuedLink> =>
  house.db.$transaction(async (tx) => {
    const known = await tx.person.findUnique({ where: { email } });
    if (known?.kind === 'service' || isServiceAddress(email))
      throw new StartError(`${email} is a service account, and those never sign in. Name a person.`);
    if (known?.isEmailProven === false)
      throw new StartError(
        `Somebody signed in with an identity provider that does not vouch that ${email} is theirs. Use another address of the person.`,
      );
    const newPerson = { email, name: undefined, isEmailProven: true, now: house.clock.now() };
    const person = known ?? (await addPerson(tx, newPerson));
    if (person === null) throw new StartError(`${email} was added at this very moment. Run this again.`);
    if (known === null)
      await recordActivity(tx, {
        kind: 'person.created',
        environmentId: null,
        by: null,
        from: null,
        subject: { type: 'person', id: person.id, name: person.name },
        after: { email, with: 'break-glass link' },
      });
    return issueLink(tx, house, 'breakGlass', person.id);
  });
