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
