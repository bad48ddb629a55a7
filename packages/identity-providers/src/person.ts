import type { ProvenIdentity } from './identity-provider.ts';

/** What a provider says of a person, however it says it. */
export type Person = Pick<ProvenIdentity, 'subject' | 'email' | 'isEmailProven' | 'name' | 'groups'>;
