import { isIPv4 } from 'node:net';

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** True when the IPv4 address lies in a SAS range, `168.1.5.65` or `168.1.5.60-168.1.5.70` (both ends included). */
export const isInIpRange = (address: string, range: string): boolean => {
  const [first = '', last = first] = range.split('-');
  if (!isIPv4(address) || !isIPv4(first) || !isIPv4(last)) return false;
  const number = toNumber(address);
  return toNumber(first) <= number && number <= toNumber(last);
};
