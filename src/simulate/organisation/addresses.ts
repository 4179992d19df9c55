import type { Random } from '../random.ts'

/**
 * Addresses outside: only of the blocks that are kept free for documentation, so that no traffic is attributed to
 * anybody. The organisation's own are of 192.0.2.0/24; homes, partners, mirrors and attackers share the other two.
 */
export function ownAddress(random: Random): string {
  return `192.0.2.${random.whole(1, 254)}`
}

/** An address of somebody else: nothing in it tells who. */
export function foreignAddress(random: Random): string {
  return `${random.chance(0.5) ? '198.51.100' : '203.0.113'}.${random.whole(1, 254)}`
}
