/** Why a scan stopped: the text ended inside the value, the value ended, a list of records begins, or it is no JSON. */
export type ScanStop = 'text-ended' | 'closed' | 'list' | 'broken'

const NEWLINE = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
/** No key of a list of records is longer. */
const MAX_KEY = 256

/**
 * Finds the end of one JSON value, in a text that may come in pieces. It looks at brackets, at strings, and at
 * whether a value may stand where one begins; everything else is left to the parser. It does not recurse.
 */
export class JsonScanner {
  /** Where it stopped: after the value, after the bracket of the list, or at the character that is wrong. */
  at = 0
  /** What is wrong, after `broken`. */
  why = ''

  private readonly listKeys: ReadonlySet<string>
  /** The depth at which keys are looked at, or -1. */
  private watched = -1
  private depth = 0
  private previous = COMMA
  private inString = false
  /** The text ended within a string after an odd run of backslashes. */
  private escaped = false
  private newline = -1
  private key = ''
  private keyFrom = -1
  private keyTo = -1

  constructor(listKeys: ReadonlySet<string>) {
    this.listKeys = listKeys
  }

  /** The next scans are over another text. */
  newText(): void {
    this.newline = -1
  }

  /** Before the first character of a value. `watch`: stop at a list of records among the members of this object. */
  begin(watch: boolean): void {
    this.depth = 0
    this.previous = COMMA
    this.inString = false
    this.escaped = false
    this.watched = watch ? 1 : -1
    this.forgetKey()
  }

  /** After a list of records that is a member of an object: the rest of that object. */
  beginAfterList(): void {
    this.begin(true)
    this.depth = 1
    this.previous = CLOSE_BRACKET
  }

  scan(text: string, from: number): ScanStop {
    let at = from
    if (this.inString) {
      if (this.keyFrom >= 0 && this.keyTo < 0) this.keyFrom = from
      at = this.endString(text, from)
      if (at < 0) return this.why === '' ? 'text-ended' : 'broken'
      if (this.depth === 0) return this.stop('closed', at)
    }
    // Fields of the object are slow in this loop.
    let { depth, previous } = this
    const { watched } = this
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === QUOTE) {
        if (!valueMayFollow(previous)) return this.broken('a string where none may stand', at)
        if (depth === watched && previous !== COLON) this.beginKey(at + 1)
        const close = text.indexOf('"', at + 1)
        if (close < this.newline && close > 0 && text.charCodeAt(close - 1) !== BACKSLASH) {
          if (this.keyTo < 0) this.keyTo = close
          at = close
        } else {
          this.depth = depth
          at = this.endString(text, at + 1) - 1
          if (at < 0) return this.why === '' ? 'text-ended' : 'broken'
        }
        if (depth === 0) return this.stop('closed', at + 1)
        previous = QUOTE
      } else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
        if (!valueMayFollow(previous) || previous === OPEN_BRACE) {
          return this.broken('a value where none may stand', at)
        }
        if (unit === OPEN_BRACKET && depth === watched && previous === COLON && this.isListKey(text)) {
          return this.stop('list', at + 1)
        }
        depth++
        previous = unit
      } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
        previous = unit
        if (--depth === 0) return this.stop('closed', at + 1)
      } else if (unit > SPACE) previous = unit
      else if (unit === NEWLINE) at = skipSpaces(text, at)
    }
    this.depth = depth
    this.previous = previous
    this.keepKey(text)
    return 'text-ended'
  }

  private stop(how: 'closed' | 'list', at: number): ScanStop {
    this.at = at
    return how
  }

  private broken(why: string, at: number): ScanStop {
    this.why = why
    this.at = at
    return 'broken'
  }

  /** The place after the closing quote; -1 if the text ends first, or a line does, which sets `why`. */
  private endString(text: string, from: number): number {
    const content = this.escaped ? from + 1 : from
    let quote = text.indexOf('"', content)
    while (quote !== -1 && text.charCodeAt(quote - 1) === BACKSLASH && odd(text, content, quote)) {
      quote = text.indexOf('"', quote + 1)
    }
    const end = quote === -1 ? text.length : quote
    if (this.newline < from) this.newline = nextNewline(text, from)
    this.why = ''
    if (this.newline < end) {
      this.broken('a line break inside a string', this.newline)
      return -1
    }
    this.inString = quote === -1
    this.escaped = this.inString && odd(text, content, text.length)
    if (this.inString) {
      this.keepKey(text)
      return -1
    }
    this.previous = QUOTE
    if (this.keyTo < 0) this.keyTo = quote
    return quote + 1
  }

  private beginKey(from: number): void {
    this.key = ''
    this.keyFrom = from
    this.keyTo = -1
  }

  private forgetKey(): void {
    this.key = ''
    this.keyFrom = -1
    this.keyTo = 0
  }

  /** Takes over what this text has of the key, since the next scan is over another text. */
  private keepKey(text: string): void {
    if (this.keyFrom < 0) return
    const end = this.keyTo < 0 ? text.length : this.keyTo
    this.key = (this.key + text.slice(this.keyFrom, end)).slice(0, MAX_KEY)
    this.keyFrom = this.keyTo < 0 ? text.length : -1
  }

  private isListKey(text: string): boolean {
    const rest = this.keyFrom < 0 ? '' : text.slice(this.keyFrom, this.keyTo)
    return this.listKeys.has(this.key + rest)
  }
}

function nextNewline(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}

function valueMayFollow(unit: number): boolean {
  return unit === COLON || unit === COMMA || unit === OPEN_BRACE || unit === OPEN_BRACKET
}

/** The last of the spaces after `at`. */
function skipSpaces(text: string, at: number): number {
  let last = at
  while (text.charCodeAt(last + 1) === SPACE) last++
  return last
}

/** Is there an odd number of backslashes before `end`? */
function odd(text: string, from: number, end: number): boolean {
  let at = end
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at--
  return (end - at) % 2 === 1
}
