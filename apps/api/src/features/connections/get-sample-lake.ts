import type { Actor, SampleLake } from '@junction/contracts';
import type { House } from '../../house.ts';

/** Where the sample lake of demo mode is; null outside demo mode. */
export const getSampleLake = async ({ sampleLake }: Pick<House, 'sampleLake'>, _actor: Actor): Promise<SampleLake> => ({
  sample: sampleLake,
});
