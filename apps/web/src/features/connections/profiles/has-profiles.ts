import { manifestOf, manifests } from '@junction/connectors/manifests';

/** Whether customer profiles can be imported over connections of a type. */
export const hasProfiles = (type: string): boolean => manifestOf(type)?.capabilities.includes('profiles') === true;

/** The types whose connections have profile data; they are set up on a page with steps. */
export const profileTypes: readonly string[] = manifests.map(({ type }) => type).filter(hasProfiles);
