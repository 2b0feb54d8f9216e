import { BlockList, isIP } from 'node:net'

/**
 * Creates a function that tells whether an address may send events. `ranges` are addresses and ranges of addresses, IPv4
 * and IPv6, like `203.0.113.0/24`. An address that cannot be read may not.
 * @throws Error of Node for a range that is not one; the stack's configuration is checked before.
 */
export function createSourceFilter(ranges: readonly string[]): (address: string) => boolean {
  const allowed = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    if (bits === undefined) allowed.addAddress(address, familyOf(address))
    else allowed.addSubnet(address, Number(bits), familyOf(address))
  }
  return address => isIP(address) > 0 && allowed.check(address, familyOf(address))
}

function familyOf(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
