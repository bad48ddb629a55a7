import { randomBytes, randomUUID } from 'node:crypto';
import type { StandInPerson } from '@junction/identity-providers/testing';

/** What can be asked of the provider behind its back. */
export type ControlRequest =
  | { deed: 'register'; publicUrl: string }
  | { deed: 'add'; person: StandInPerson }
  | { deed: 'setGroups'; email: string; groups: string[] }
  | { deed: 'remove'; email: string }
  | { deed: 'signOutEverywhere'; email: string };

/** Who manages the identity provider, from the tests' side. */
export type ProviderControl = {
  /** Somebody new, with an address of their own. */
  person(name: string, groups: string[]): Promise<StandInPerson>;
  setGroups(person: StandInPerson, groups: string[]): Promise<void>;
  remove(person: StandInPerson): Promise<void>;
  /** Ends their sessions at the provider, which tells the product so. */
  signOutEverywhere(person: StandInPerson): Promise<void>;
};

/** Opens the provider's door and makes the product known to it. */
export const controlProvider = async (doorUrl: string, publicUrl: string): Promise<ProviderControl> => {
  const ask = async (asked: ControlRequest): Promise<void> => {
    const response = await fetch(doorUrl, { method: 'POST', body: JSON.stringify(asked) });
    if (!response.ok) throw new Error(`The identity provider cannot ${asked.deed}: ${await response.text()}`);
  };
  await ask({ deed: 'register', publicUrl });
  return {
    person: async (name, groups) => {
      const email = `${name.split(' ')[0]?.toLowerCase()}-${randomBytes(3).toString('hex')}@contoso.example`;
      const person = { sub: randomUUID(), email, name, groups };
      await ask({ deed: 'add', person });
      return person;
    },
    setGroups: ({ email }, groups) => ask({ deed: 'setGroups', email, groups }),
    remove: ({ email }) => ask({ deed: 'remove', email }),
    signOutEverywhere: ({ email }) => ask({ deed: 'signOutEverywhere', email }),
  };
};
