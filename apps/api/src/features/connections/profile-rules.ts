import type { Manifest } from '@junction/connectors/manifests';
import { invalidField } from '../../platform/app-error.ts';
import type { ChosenProfiles } from './profile-data.ts';

/** What was chosen about profile data, which types that have some need and no other takes. Throws invalidInput for the one or the other. */
export const readProfiles = (
  { label, capabilities }: Pick<Manifest, 'label' | 'capabilities'>,
  profiles: ChosenProfiles | undefined,
): ChosenProfiles | undefined => {
  const hasProfiles = capabilities.includes('profiles');
  if (hasProfiles && profiles === undefined)
    throw invalidField('profiles', 'required', 'Say from which columns profiles are imported, and who may see them.');
  if (!hasProfiles && profiles !== undefined)
    throw invalidField('profiles', 'notUsed', `A connection of the type ${label} has no profile data. Leave this out.`);
  return profiles;
};
