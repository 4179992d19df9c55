/** Where a fixed text stands next in another, from a place on; -1 if it does not. */
export type Finder = (text: string, from: number) => number

/** Longer texts are sought with a method whose time does not grow with their length. */
const LONG = 200

/** A search in time linear in the text that is searched, also for texts that are made to be slow to find. */
export function finder(wanted: string): Finder {
  return wanted.length <= LONG ? (text, from) => text.indexOf(wanted, from) : knuthMorrisPratt(wanted)
}

function knuthMorrisPratt(wanted: string): Finder {
  const back = borders(wanted)
  return (text, from) => {
    let matched = 0
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      while (matched > 0 && wanted.charCodeAt(matched) !== unit) matched = back[matched - 1] ?? 0
      if (wanted.charCodeAt(matched) === unit) matched++
      if (matched === wanted.length) return at - matched + 1
    }
    return -1
  }
}

/** For each place of a text, how long its longest beginning is that ends there and is not all of it so far. */
function borders(wanted: string): Uint32Array {
  const back = new Uint32Array(wanted.length)
  let matched = 0
  for (let at = 1; at < wanted.length; at++) {
    const unit = wanted.charCodeAt(at)
    while (matched > 0 && wanted.charCodeAt(matched) !== unit) matched = back[matched - 1] ?? 0
    if (wanted.charCodeAt(matched) === unit) matched++
    back[at] = matched
  }
  return back
}
