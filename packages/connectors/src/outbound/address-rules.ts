import ipaddr from 'ipaddr.js';

/**
 * What kind of place an address is.
 * `public`: the internet. `internal`: a private or translated network, reachable where the operator listed the host or the address.
 * `forbidden`: never a place to keep files, such as a cloud's metadata service; reachable only where the operator listed exactly this address.
 */
export type AddressKind = 'public' | 'internal' | 'forbidden';

/** An address with its kind and the word for why it is no public one. */
export type JudgedAddress = { kind: AddressKind; why: string };

/** Services that give credentials to whoever reaches them: Azure and others, Azure's wire server, Alibaba, Oracle, AWS and Google over IPv6. */
const metadataAddresses = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
  ].map((address) => ipaddr.parse(address).toString()),
);

const forbiddenRanges = new Set(['unspecified', 'broadcast', 'multicast']);

/** The only block of IPv6 from which global addresses are given out. https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

const words: Readonly<Record<string, string>> = {
  unspecified: 'the unspecified address',
  broadcast: 'the broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'a carrier-grade NAT address',
  private: 'a private address',
  uniqueLocal: 'a private (unique local) address',
  ipv4Mapped: 'an IPv4 address written as IPv6',
  rfc6145: 'a translated IPv4 address',
  rfc6052: 'a NAT64 address',
  '6to4': 'a 6to4 address',
  teredo: 'a Teredo address',
  benchmarking: 'a benchmarking address',
  deprecatedSiteLocal: 'a site-local address',
};

/** The IPv4 address inside a mapped, compatible, translated, NAT64 or 6to4 address; a forbidden one stays forbidden in any of these dresses. */
const embeddedIpv4 = (address: ipaddr.IPv6): ipaddr.IPv4 | undefined => {
  const bytes = address.toByteArray();
  const range = address.range();
  const at =
    range === '6to4' ? 2 : ['ipv4Mapped', 'rfc6145', 'rfc6052'].includes(range) || isCompatible(bytes) ? 12 : -1;
  return at < 0 ? undefined : new ipaddr.IPv4(bytes.slice(at, at + 4));
};

/** `::a.b.c.d`, RFC 4291 §2.5.5.1; long deprecated, still understood by some stacks. */
const isCompatible = (bytes: readonly number[]): boolean => bytes.slice(0, 12).every((byte) => byte === 0);

const judgeParsed = (address: ipaddr.IPv4 | ipaddr.IPv6): JudgedAddress => {
  if (metadataAddresses.has(address.toString())) return { kind: 'forbidden', why: 'the address of a metadata service' };
  const range = address.range();
  const why = words[range] ?? 'a reserved address';
  if (forbiddenRanges.has(range)) return { kind: 'forbidden', why };
  if (address instanceof ipaddr.IPv4)
    return range === 'unicast' ? { kind: 'public', why: '' } : { kind: 'internal', why };
  const inner = embeddedIpv4(address);
  if (inner !== undefined && range !== 'loopback' && judgeParsed(inner).kind === 'forbidden') return judgeParsed(inner);
  return range === 'unicast' && address.match(globalUnicast) ? { kind: 'public', why: '' } : { kind: 'internal', why };
};

/** Judges an address in the form a resolver returns or a URL's host has (brackets allowed); anything unreadable is forbidden. */
export const judgeAddress = (text: string): JudgedAddress => {
  const bare = bareAddress(text);
  return bare === undefined ? { kind: 'forbidden', why: 'not an address' } : judgeParsed(ipaddr.parse(bare));
};

/** The canonical spelling of an IP literal, without brackets and zone; undefined when the text is a name. Only full dotted IPv4 counts, as `URL` writes it. */
export const bareAddress = (text: string): string | undefined => {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare).toString() : undefined;
};

/** A range such as `10.0.0.0/8`; undefined when the text is none. */
export const parseRange = (text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined =>
  ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;

/** Whether an address lies in a range. */
export const isInRange = (address: string, [network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean => {
  const bare = bareAddress(address);
  if (bare === undefined) return false;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && parsed.match(network, bits);
  return network instanceof ipaddr.IPv6 && parsed.match(network, bits);
};
