/** Somebody whom the stand-in knows. */
export type StandInPerson = {
  /** Their `sub`; with Entra ID their `oid`, beside which `sub` is another one. */
  sub: string;
  email: string;
  name: string;
  groups: readonly string[];
  /** True when absent. */
  emailVerified?: boolean;
  /** App roles, which only Entra ID has. */
  roles?: readonly string[];
};

/** Who there is, by e-mail address. */
export type Directory = {
  all(): readonly StandInPerson[];
  find(email: string): StandInPerson | undefined;
  /** Throws when there is nobody with the address. */
  get(email: string): StandInPerson;
  put(person: StandInPerson): void;
  remove(email: string): void;
  /** What the library knows somebody by: `sub` as tokens have it. */
  accountIdOf(person: StandInPerson): string;
  findByAccountId(accountId: string): StandInPerson | undefined;
};

export const createDirectory = (people: readonly StandInPerson[], { isEntra }: { isEntra: boolean }): Directory => {
  const byEmail = new Map(people.map((person) => [person.email, person]));
  /** Entra ID knows one person under another `sub` in each application. */
  const accountIdOf = ({ sub }: StandInPerson) => (isEntra ? `of-this-client-${sub}` : sub);
  return {
    all: () => [...byEmail.values()],
    find: (email) => byEmail.get(email),
    get: (email) => {
      const person = byEmail.get(email);
      if (person === undefined) throw new Error(`The stand-in does not know ${email}.`);
      return person;
    },
    put: (person) => void byEmail.set(person.email, person),
    remove: (email) => void byEmail.delete(email),
    accountIdOf,
    findByAccountId: (accountId) => [...byEmail.values()].find((person) => accountIdOf(person) === accountId),
  };
};
