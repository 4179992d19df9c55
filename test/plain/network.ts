/** Is the text an IP address inside the network `address/bits`? Another version, a host name or a port is not. */
export function inNetwork(text: string, network: string): boolean {
  const [first = '', bits = '128'] = network.split('/')
  const start = toBits(first)
  const address = toBits(text)
  if (start === undefined || address === undefined || start.length !== address.length) return false
  return address.slice(0, Number(bits)) === start.slice(0, Number(bits))
}

/** An address as 32 or 128 zeros and ones. */
function toBits(text: string): string | undefined {
  const groups = text.includes(':') ? version6(text) : version4(text)
  const width = text.includes(':') ? 16 : 8
  return groups?.map(group => group.toString(2).padStart(width, '0')).join('')
}

function version4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every(byte => byte < 256) ? bytes : undefined
}

function version6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(half => (half === '' ? [] : half.split(':')))
  if (head === undefined) return undefined
  const before = tail === undefined ? groups(head, true) : groups(head, false)
  const after = tail === undefined ? [] : groups(tail, true)
  if (before === undefined || after === undefined) return undefined
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

/** The last part may be an address of version 4. */
function groups(parts: readonly string[], last: boolean): readonly number[] | undefined {
  const numbers: number[] = []
  for (const [index, part] of parts.entries()) {
    const embedded = last && index === parts.length - 1 ? version4(part) : undefined
    if (embedded !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = embedded
      numbers.push(a * 256 + b, c * 256 + d)
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) numbers.push(Number.parseInt(part, 16))
    else return undefined
  }
  return numbers
}
