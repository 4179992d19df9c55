/** What stands in XML, in order. Names come without a namespace's prefix, texts and attributes as written. */
export type XmlToken =
  | {
      readonly kind: 'open'
      readonly name: string
      readonly attributes: readonly (readonly [name: string, value: string])[]
      /** `<a/>`: nothing closes it. */
      readonly empty: boolean
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/**
 * Reads the elements and texts of XML in linear time; declarations, comments and processing instructions are passed over. It
 * stops where a mark has no end. Nothing is looked up, so entities of a document of its own mean nothing.
 */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  for (let at = 0; at < xml.length; ) {
    const mark = xml.indexOf('<', at)
    if (mark !== at) yield { kind: 'text', text: xml.slice(at, mark < 0 ? xml.length : mark) }
    if (mark < 0) return
    const special = isSpecial(xml[mark + 1])
      ? SPECIAL.find(([start]) => xml.startsWith(start, mark))
      : undefined
    const end = special === undefined ? tagEnd(xml, mark) : xml.indexOf(special[1], mark)
    if (end < 0) return
    if (special === undefined) {
      const token = tagOf(xml.slice(mark + 1, end))
      if (token !== undefined) yield token
      at = end + 1
    } else {
      if (special[0] === CDATA) yield { kind: 'text', text: escaped(xml.slice(mark + CDATA.length, end)) }
      at = end + special[1].length
    }
  }
}

/** A text with its entities read. */
export function decoded(text: string): string {
  return text.includes('&') ? text.replaceAll(ENTITY, entity) : text
}

const CDATA = '<![CDATA['
const SPECIAL: readonly (readonly [start: string, end: string])[] = [
  [CDATA, ']]>'],
  ['<!--', '-->'],
  ['<!', '>'],
  ['<?', '?>'],
]

function isSpecial(next: string | undefined): boolean {
  return next === '!' || next === '?'
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** Where a tag has its `>`; those in quotes do not count. */
function tagEnd(xml: string, start: number): number {
  MARK.lastIndex = start + 1
  for (let mark = MARK.exec(xml); mark !== null; mark = MARK.exec(xml)) {
    if (mark[0] === '>') return mark.index
    const close = xml.indexOf(mark[0], mark.index + 1)
    if (close < 0) return -1
    MARK.lastIndex = close + 1
  }
  return -1
}

const MARK = /[>"']/g
const NONE: readonly (readonly [string, string])[] = []
const ATTRIBUTE = /([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function tagOf(tag: string): XmlToken | undefined {
  const close = tag.startsWith('/')
  const name = /^[^\s/]+/.exec(close ? tag.slice(1) : tag)?.[0]
  if (name === undefined) return
  const local = name.slice(name.indexOf(':') + 1)
  if (close) return { kind: 'close', name: local }
  const empty = tag.endsWith('/')
  if (!tag.includes('=')) return { kind: 'open', name: local, attributes: NONE, empty }
  const found = [...tag.slice(name.length).matchAll(ATTRIBUTE)]
  const attributes = found.map(
    ([, key = '', double, single]) => [key, decoded(double ?? single ?? '')] as const,
  )
  return { kind: 'open', name: local, attributes, empty }
}

const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g
const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function entity(whole: string, named?: string, decimal?: string, hex?: string): string {
  if (named !== undefined) return NAMED.get(named) ?? whole
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
