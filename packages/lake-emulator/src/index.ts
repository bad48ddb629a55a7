export { DEMO_ACCOUNT, type LakeAccount } from './accounts.ts';
export { type LakeEmulator, type LakeEmulatorOptions, startLakeEmulator } from './emulator.ts';
export type { Fault, FaultMatch, FaultRule } from './faults.ts';
export type { SeenRequest } from './request-log.ts';
export { type SampleLake, type SampleTarget, seedSampleLake } from './sample/seed-sample-lake.ts';
