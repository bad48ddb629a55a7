/** What there is to know of a person and a connection to decide whether they may see its profile data. */
type ProfileSight = {
  personId: string;
  /** They belong to the environment of the connection, in whatever role. */
  isMember: boolean;
  /** Everybody who has a grant on the connection. */
  grantedTo: readonly string[];
  isRemoved: boolean;
};

/**
 * The one rule of who may see the profile data of a connection: members who were given a grant on it, while it is not removed. A role
 * counts for nothing, an admin's neither.
 */
export const maySeeProfiles = ({ personId, isMember, grantedTo, isRemoved }: ProfileSight): boolean =>
  isMember && !isRemoved && grantedTo.includes(personId);
