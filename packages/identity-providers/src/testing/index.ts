export type { StandInPerson } from './people.ts';
export { openPlainBrowser, type PlainBrowser, signInAs } from './sign-in-as.ts';
export {
  type StandInClient,
  type StandInOptions,
  type StandInProvider,
  startStandInProvider,
} from './stand-in-provider.ts';
export type { BadAnswer, Trouble } from './trouble.ts';
