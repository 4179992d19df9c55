import { parseNetwork } from '../../../core/ip.ts'
import { changeEach, type Modifier, rawText } from './modifier.ts'

/** The value is an IPv4 or IPv6 address in a network. */
export const cidr: Modifier = {
  names: ['cidr'],
  family: 'network',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      // From a column of networks.
      if (operand.kind === 'network') return operand
      const text = rawText(operand)?.trim() ?? ''
      const network = parseNetwork(text)
      if (typeof network !== 'string') return { kind: 'network', text }
      reading.problems.error(
        'sigma/network',
        `${text === '' ? 'an empty value' : `"${text}"`} is no network: ${network}`,
        {
          at,
          help: 'write the first address and the prefix length, such as 192.0.2.0/24 or 2001:db8::/32',
        },
      )
      return undefined
    })
  },
}
