import type { LookupFunction } from 'node:net';

/** Answers a socket's question for addresses with those that were checked for it, so that no second look-up can differ from the first. */
export const lookupOf =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, options, callback) => {
    const answers = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const first = answers[0];
    if (first === undefined) return callback(new Error('The name has no address.'), []);
    return options.all === true ? callback(null, answers) : callback(null, first.address, first.family);
  };
