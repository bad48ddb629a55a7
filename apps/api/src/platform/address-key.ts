import { isIPv6 } from 'node:net';

/** IPv6 gives every customer at least a /64 (RFC 6177), so its first four groups are what one somebody cannot change at will. */
const networkGroups = 4;
const allGroups = 8;

/** What limits count an address as: IPv4 as itself, also when it comes mapped into IPv6; IPv6 as its /64 network. */
export const addressKey = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const tailGroups = tail === '' ? [] : tail.split(':');
    groups.push(...Array<string>(allGroups - groups.length - tailGroups.length).fill('0'), ...tailGroups);
  }
  return `${groups
    .slice(0, networkGroups)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};
