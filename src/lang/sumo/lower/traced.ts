/** A message with the values that may link it to others. */
export interface Linked {
  /** Its number in the order of time. */
  readonly place: number
  readonly links: readonly string[]
}

/**
 * The places of the messages that a chain of shared values joins to the first one. `+` follows it forward in time, so that
 * a message only counts if one before it has told of its value; `-` backward; nothing in both.
 */
export function traced(messages: readonly Linked[], start: string, direction: string): readonly number[] {
  return direction === '' ? everywhere(messages, start) : along(messages, start, direction === '-' ? -1 : 1)
}

function along(messages: readonly Linked[], start: string, sign: number): readonly number[] {
  const known = new Set([start])
  const ordered = [...messages].sort((one, other) => sign * (one.place - other.place))
  return ordered.flatMap(({ place, links }) => {
    if (!links.some(link => known.has(link))) return []
    for (const link of links) known.add(link)
    return [place]
  })
}

function everywhere(messages: readonly Linked[], start: string): readonly number[] {
  const holders = new Map<string, Linked[]>()
  for (const message of messages) {
    for (const link of message.links) {
      const same = holders.get(link)
      if (same === undefined) holders.set(link, [message])
      else same.push(message)
    }
  }
  const found = new Set<number>()
  const known = new Set([start])
  // A set hands out what is added while it is walked through.
  for (const value of known) {
    for (const { place, links } of holders.get(value) ?? []) {
      if (found.has(place)) continue
      found.add(place)
      for (const link of links) known.add(link)
    }
  }
  return [...found]
}
