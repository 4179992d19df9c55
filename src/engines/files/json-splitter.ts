import { literalAt } from './json-literal.ts'
import { JsonRecovery } from './json-recovery.ts'
import type { SplitterEvents, SplitterOptions } from './json-splitting.ts'
import { JsonValue, type ValueEnd } from './json-value.ts'
import { JsonWindow } from './json-window.ts'

/** What is being read: what stands between values, one value, or damage, until good text comes. */
type Mode = 'between' | 'value' | 'lost'

/**
 * Cuts JSON text into the texts of its records without building values: values one after another with anything
 * or nothing between them, the elements of a top-level array, the elements of an array under one of the keys of
 * a top-level object. Damage costs the records it touches: reading goes on at the next line that begins as
 * JSON does, or where text begins as the records before it. Where the text is cut into pieces makes no difference.
 */
export class JsonSplitter {
  private readonly events: SplitterEvents
  private readonly window = new JsonWindow()
  private readonly recovery: JsonRecovery
  private readonly value: JsonValue
  private mode: Mode = 'between'
  /** Within a list of records: on its own, or as a member of an object. */
  private list: 'none' | 'bare' | 'member' = 'none'
  private ended = false

  constructor(options: SplitterOptions, events: SplitterEvents) {
    this.events = events
    this.recovery = new JsonRecovery(events, this.window)
    this.value = new JsonValue(options, events, { window: this.window, recovery: this.recovery })
  }

  /** Goes on after text that somebody else has cut, in which the records began as `like` does. */
  resume(before: string, list: 'none' | 'member', like: string): void {
    this.list = list
    this.recovery.guess(like)
    this.window.take(before)
    this.window.keepFrom(before.length)
  }

  push(text: string): void {
    if (text === '') return
    const { window } = this
    this.recovery.push(text.length)
    const carried = window.text.length
    window.take(carried === 0 ? text : window.text + text)
    this.readFrom(carried)
    if (this.mode === 'value') this.value.park()
    else window.keepFrom(window.at)
  }

  /** Nothing more comes: what is open now stays so. */
  end(): void {
    this.ended = true
    const { window } = this
    this.readFrom(window.text.length)
    while (this.mode === 'value' && this.goOn(this.value.cut()) !== 'value') this.run()
    if (this.mode === 'value') this.unclosed(this.value.startPlace())
    else if (this.mode === 'between' && this.list !== 'none') {
      this.unclosed(window.placeOf(window.text.length))
    }
  }

  /** Reads the text of the window, of which so many characters were seen in the value that is being read. */
  private readFrom(seen: number): void {
    this.value.newText()
    this.window.at = this.mode === 'value' ? seen : 0
    this.run()
  }

  private run(): void {
    const { window, value } = this
    while (window.at < window.text.length) {
      if (this.mode === 'value') this.goOn(value.read())
      else if (!(this.mode === 'lost' ? this.resync() : this.readBetween())) return
    }
  }

  /** What is read after a value, or a part of it. */
  private goOn(end: ValueEnd): Mode {
    if (end === 'list') this.list = 'member'
    if (end === 'lost') this.mode = 'lost'
    else if (end !== 'open') this.mode = 'between'
    return this.mode
  }

  /** Reads on to the beginning of a value; false if it takes more text to tell. */
  private readBetween(): boolean {
    const { window } = this
    const { text } = window
    while (window.at < text.length && isBetween(text.charCodeAt(window.at))) window.at++
    switch (text[window.at]) {
      case undefined:
        return true
      case '[':
        if (this.list === 'none') {
          this.list = 'bare'
          window.at++
        } else this.beginValue(false)
        return true
      case '{':
        this.beginValue(this.list === 'none')
        return true
      case '"':
        this.beginValue(false)
        return true
      case ']':
        if (this.list !== 'none') this.endList()
        else this.stray()
        return true
      case '}':
        this.stray()
        return true
      default:
        return this.readLiteral()
    }
  }

  private beginValue(watch: boolean): void {
    this.mode = 'value'
    this.value.begin(watch)
  }

  private endList(): void {
    this.window.at++
    if (this.list === 'member') {
      this.mode = 'value'
      this.value.beginAfterList()
    }
    this.list = 'none'
  }

  /** A closing bracket too many. After damage it belongs to what was lost. */
  private stray(): void {
    if (this.recovery.damaged && this.list === 'none') this.window.at++
    else this.lose('json/stray-bracket', 'a closing bracket without an opening one')
  }

  private readLiteral(): boolean {
    const { window, ended } = this
    const literal = literalAt(window.text, window.at, { endsLine: this.list === 'none', ended })
    switch (literal.kind) {
      case 'more':
        return false
      case 'none':
        this.lose('json/not-json', 'text that is not JSON')
        return true
      case 'literal':
        window.at = literal.end
        this.recovery.good()
        this.events.record(literal.text)
        return true
    }
  }

  private lose(code: string, what: string): void {
    this.recovery.lose(code, this.window.at, what)
    this.mode = 'lost'
  }

  /** Goes on where good text begins; false if it takes more text to find that. */
  private resync(): boolean {
    const found = this.recovery.next(this.list !== 'none', !this.ended)
    if (found === undefined) return false
    this.mode = 'between'
    if (!found.alike) this.list = 'none'
    return true
  }

  private unclosed(where: string): void {
    this.events.problem('json/unclosed', `the text ends inside a value or list (${where})`)
  }
}

/** White space, commas, and what stands before and between texts: a byte order mark, a record separator. */
function isBetween(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x2c || unit === 0xfeff || unit === 0x1e
}
