/** Whom a token acts for: oneself, or a service account. */
export type TokenOwner = 'you' | 'serviceAccount';

type Words = { everything: string; bound: string; seen: string };

export const ownerWords: Readonly<Record<TokenOwner, Words>> = {
  you: {
    everything: 'Everything I may do',
    bound: 'A token never does more than you may do yourself, and never makes another one.',
    seen: 'Sees what you can see and changes nothing.',
  },
  serviceAccount: {
    everything: 'Everything its role allows',
    bound: 'A token never does more than the role of its service account allows, and never makes another one.',
    seen: 'Sees what the service account can see and changes nothing.',
  },
};
