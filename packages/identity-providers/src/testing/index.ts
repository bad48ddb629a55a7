export type { StandInClient } from './clients.ts';
export type { StandInPerson } from './directory.ts';
export { openPlainBrowser, type PlainBrowser, signInAs } from './sign-in-as.ts';
export {
  type StandInOptions,
  type StandInProvider,
  startStandInProvider,
} from './stand-in-provider.ts';
export type { BadAnswer, Trouble } from './trouble.ts';
