import { UnexpectedAnswer } from './errors.ts';

/** Leaves Junction for a page of an identity provider, whose address the server named. Throws UnexpectedAnswer for what is no address of a page. */
export const leaveFor = (url: string): void => {
  const target = URL.parse(url);
  if (target?.protocol !== 'https:' && target?.protocol !== 'http:') throw new UnexpectedAnswer();
  window.location.assign(target.href);
};
