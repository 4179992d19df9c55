/** An element of an XML text. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (Element | string)[]
}

/** Longest text that is read, in characters, and elements within elements. */
const LONGEST = 1_000_000
const DEEPEST = 200

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/]+)([^<>]*?)(\/?)>|[^<]+|</g
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/g

/** The text as an element without a name that holds its elements; undefined if they are not closed as they are opened. */
export function elementOf(text: string): Element | undefined {
  if (text.length > LONGEST) return undefined
  const open: Open[] = [{ name: '', attributes: new Map(), children: [] }]
  for (const [whole, data, close, name = '', attributes = '', empty] of text.matchAll(TOKEN)) {
    const last = open.at(-1)
    if (last === undefined) return undefined
    if (data !== undefined) last.children.push(data)
    else if (!whole.startsWith('<')) last.children.push(unescaped(whole))
    else if (close === '/') {
      if (last.name !== name || open.length === 1) return undefined
      open.pop()
    } else if (name !== '' && !/^[!?]/.test(name)) {
      const element: Open = { name, attributes: attributesIn(attributes), children: [] }
      last.children.push(element)
      if (empty !== '/') open.push(element)
      if (open.length > DEEPEST) return undefined
    }
  }
  return open.length === 1 ? open[0] : undefined
}

interface Open extends Element {
  readonly children: (Element | string)[]
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', one, other, bare]) => [
      name,
      unescaped(one ?? other ?? bare ?? ''),
    ]),
  )
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
])

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));/g, (whole, digits, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole
    const code = digits === undefined ? Number.parseInt(hex, 16) : Number(digits)
    return code > 0x10ffff ? whole : String.fromCodePoint(code)
  })
}
