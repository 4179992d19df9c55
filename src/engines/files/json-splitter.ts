import { literalAt } from './json-literal.ts'
import { type Place, Places, printPlace } from './json-places.ts'
import { Resyncs } from './json-resync.ts'
import { JsonScanner } from './json-scanner.ts'

export interface SplitterOptions {
  /** Keys of a top-level object whose array holds the records: `Records`, `events`, `value` … */
  readonly arrayKeys: ReadonlySet<string>
  /** UTF-16 units. A longer record is left out. */
  readonly maxRecord: number
}

export interface SplitterEvents {
  /**
   * The text of one record; the answer is what is wrong with it, if it is no JSON after all. It may share memory with
   * the text pushed: do not keep it without need.
   */
  record(text: string): string | undefined
  /**
   * Something is left out that has its place in the order of the records. `json/record-too-large`, `json/bad-record`: one
   * record. `json/broken`: a value that breaks off. `json/not-json`: other text. Once for each damaged stretch.
   */
  left(code: string, message: string): void
  /** `json/unclosed`: the text ends inside a value. `json/stray-bracket`: one too many. */
  problem(code: string, message: string): void
}

/** What is being read: what stands between values, one value, or damage, until good text comes. */
type Mode = 'between' | 'value' | 'lost'
/** What becomes of the value that is being read. */
type Use = 'record' | 'too-large' | 'around a list'

const FREE_REREAD = 65_536

/**
 * Cuts JSON text into the texts of its records without building values: values one after another with anything
 * or nothing between them, the elements of a top-level array, the elements of an array under one of the keys of
 * a top-level object. Damage costs the records it touches: reading goes on at the next line that begins as
 * JSON does, or where text begins as the records before it.
 */
export class JsonSplitter {
  private readonly options: SplitterOptions
  private readonly events: SplitterEvents
  private readonly scanner: JsonScanner
  private readonly resyncs = new Resyncs()
  private readonly places = new Places()

  private mode: Mode = 'between'
  private use: Use = 'record'
  /** Within a list of records: on its own, or as a member of an object. */
  private list: 'none' | 'bare' | 'member' = 'none'

  private text = ''
  private at = 0
  /** Where the value begins in `text`, and what earlier texts have of it. */
  private from = 0
  private pieces: string[] = []
  private held = 0

  /** Of the value that `pieces` begin. */
  private start: Place = { line: 1, character: 1 }
  private pushed = 0
  private reread = 0
  private damaged = false
  private told = false
  private ended = false

  constructor(options: SplitterOptions, events: SplitterEvents) {
    this.options = options
    this.events = events
    this.scanner = new JsonScanner(options.arrayKeys)
  }

  /** Goes on after text that somebody else has cut, in which the records began as `like` does. */
  resume(before: string, list: 'none' | 'member', like: string): void {
    this.list = list
    this.resyncs.guess(like)
    this.places.newText(before)
    this.places.newText('', this.places.of(before.length))
  }

  push(text: string): void {
    if (text === '') return
    this.pushed += text.length
    const carried = this.text.length
    this.take(carried === 0 ? text : this.text + text)
    this.at = this.mode === 'value' ? carried : 0
    this.run()
    this.park()
  }

  /** Nothing more comes: what is open now stays so. */
  end(): void {
    this.ended = true
    this.take(this.text)
    this.at = this.mode === 'value' ? this.text.length : 0
    this.run()
    while (this.mode === 'value' && this.goBack()) this.run()
    if (this.mode === 'value') this.unclosed(this.startPlace())
    else if (this.mode === 'between' && this.list !== 'none') this.unclosed(this.placeOf(this.text.length))
  }

  private run(): void {
    while (this.at < this.text.length) {
      if (this.mode === 'value') this.readValue()
      else if (!(this.mode === 'lost' ? this.resync() : this.readBetween())) return
    }
  }

  /** Reads on to the beginning of a value; false if it takes more text to tell. */
  private readBetween(): boolean {
    const { text } = this
    while (this.at < text.length && isBetween(text.charCodeAt(this.at))) this.at++
    switch (text[this.at]) {
      case undefined:
        return true
      case '[':
        if (this.list === 'none') {
          this.list = 'bare'
          this.at++
        } else this.beginValue()
        return true
      case '{':
      case '"':
        this.beginValue()
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

  private beginValue(): void {
    this.mode = 'value'
    this.use = 'record'
    this.from = this.at
    this.scanner.begin(this.list === 'none' && this.text[this.at] === '{')
  }

  private endList(): void {
    this.at++
    if (this.list === 'member') {
      this.mode = 'value'
      this.use = 'around a list'
      this.scanner.beginAfterList()
    }
    this.list = 'none'
  }

  /** A closing bracket too many. After damage it belongs to what was lost. */
  private stray(): void {
    if (this.damaged && this.list === 'none') this.at++
    else this.lose('json/stray-bracket', this.at, 'a closing bracket without an opening one')
  }

  private readLiteral(): boolean {
    const { at, ended } = this
    const literal = literalAt(this.text, at, { endsLine: this.list === 'none', ended })
    switch (literal.kind) {
      case 'more':
        return false
      case 'none':
        this.lose('json/not-json', at, 'text that is not JSON')
        return true
      case 'literal':
        this.at = literal.end
        this.told = false
        this.events.record(literal.text)
        return true
    }
  }

  private readValue(): void {
    const stop = this.scanner.scan(this.text, this.at)
    this.at = stop === 'text-ended' ? this.text.length : this.scanner.at
    if (stop === 'closed') this.endValue()
    else if (stop === 'list') this.beginList()
    else if (stop === 'broken') this.breakValue()
  }

  /** A list of records among the members of an object: the object is no record. */
  private beginList(): void {
    this.list = 'member'
    this.mode = 'between'
    this.drop()
  }

  private endValue(): void {
    this.mode = 'between'
    if (this.use === 'around a list') return
    const length = this.held + this.at - this.from
    if (this.use === 'too-large' || length > this.options.maxRecord) this.tooLarge()
    else this.give()
    this.drop()
  }

  private give(): void {
    const last = this.text.slice(this.from, this.at)
    const record = this.held === 0 ? last : this.pieces.join('') + last
    const wrong = this.events.record(record)
    if (wrong !== undefined) this.refused(wrong)
    else {
      this.told = false
      this.resyncs.learn(record)
    }
  }

  /** A record whose brackets only seem to fit has swallowed others, if something in it begins as records do. */
  private refused(wrong: string): void {
    const start = this.joinPieces()
    const end = this.at
    this.resyncs.guess(this.text.slice(start, end))
    const inside = this.resyncs.next(this.text, start + 1)
    if (inside !== undefined && inside.at < end && this.mayReread(start)) {
      this.lose('json/broken', start, `the value that begins there is no JSON: ${wrong}`)
    } else this.events.left('json/bad-record', `${this.placeOf(start)}: ${wrong}`)
  }

  private tooLarge(): void {
    const most = `${this.options.maxRecord} characters`
    this.events.left(
      'json/record-too-large',
      `the record that begins at ${this.startPlace()} has over ${most}`,
    )
  }

  private breakValue(): void {
    const why = this.scanner.why
    if (this.use === 'record') {
      const start = this.joinPieces()
      this.lose('json/broken', start, `the value that begins there is no JSON: ${why}`)
      return
    }
    if (this.use === 'too-large') {
      this.tooLarge()
      this.told = true
    } else this.list = 'none'
    this.drop()
    // What is wrong here may be the beginning of a good line, whose line break is just behind.
    const behind = Math.max(0, this.at - 1)
    this.lose('json/broken', this.at, `a value that began earlier is no JSON: ${why}`)
    this.at = behind
  }

  /** Tells of damage that begins at `start` and was noticed at `at`; good text is looked for from there on. */
  private lose(code: string, start: number, what: string): void {
    if (!this.told) {
      const message = `${this.placeOf(start)}: ${what}`
      if (code === 'json/stray-bracket') this.events.problem(code, message)
      else this.events.left(code, message)
    }
    this.told = true
    this.damaged = true
    this.mode = 'lost'
    this.resyncs.guess(this.text.slice(start, this.at))
    if (this.mayReread(start)) {
      this.reread += this.at - start
      this.at = start + 1
    }
  }

  /** Text is read twice at most on the whole, however it is made. */
  private mayReread(start: number): boolean {
    return this.reread + this.at - start <= this.pushed + FREE_REREAD
  }

  /** Goes on where good text begins; false if it takes more text to find that. */
  private resync(): boolean {
    const found = this.resyncs.next(this.text, this.at, this.list !== 'none')
    if (found === undefined) {
      this.at = Math.max(this.at, this.text.length - this.resyncs.overlap)
      return false
    }
    this.at = found.at
    this.mode = 'between'
    if (!found.alike) this.list = 'none'
    return true
  }

  /** At the end, inside a value: a value broken off may have swallowed good ones after it. */
  private goBack(): boolean {
    if (this.use !== 'record') return false
    const start = this.joinPieces()
    this.at = this.text.length
    this.resyncs.guess(this.text.slice(start))
    if (!this.mayReread(start) || this.resyncs.next(this.text, start + 1) === undefined) return false
    this.lose('json/broken', start, 'the value that begins there has no end')
    return true
  }

  private unclosed(where: string): void {
    this.events.problem('json/unclosed', `the text ends inside a value or list (${where})`)
  }

  /** Makes `text` begin with the value that is being read, if it began earlier; gives the place of it in `text`. */
  private joinPieces(): number {
    if (this.held === 0) return this.from
    const { held, start } = this
    const joined = this.pieces.join('') + this.text
    const at = this.at + held
    this.drop()
    this.take(joined, start)
    this.at = at
    return 0
  }

  private drop(): void {
    this.pieces = []
    this.held = 0
    this.from = this.at
  }

  private take(text: string, first?: Place): void {
    this.text = text
    this.places.newText(text, first)
    this.scanner.newText()
    this.resyncs.newText()
  }

  /** Keeps of the text what the next one is needed for. */
  private park(): void {
    const keepFrom = this.mode === 'value' ? this.parkValue() : this.at
    const first = this.places.of(keepFrom)
    this.text = this.text.slice(keepFrom)
    this.places.newText(this.text, first)
    this.from = 0
  }

  private parkValue(): number {
    const { text } = this
    if (this.use === 'record') {
      if (this.held === 0) this.start = this.places.of(this.from)
      this.pieces.push(text.slice(this.from))
      this.held += text.length - this.from
      if (this.held <= this.options.maxRecord) return text.length
      this.use = 'too-large'
      this.drop()
    }
    return text.length - 1
  }

  /** Of the value that is being read. */
  private startPlace(): string {
    if (this.use === 'around a list') return this.placeOf(this.text.length)
    return this.use === 'record' && this.held === 0 ? this.placeOf(this.from) : printPlace(this.start)
  }

  private placeOf(index: number): string {
    return printPlace(this.places.of(index))
  }
}

/** White space, commas, and what stands before and between texts: a byte order mark, a record separator. */
function isBetween(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x2c || unit === 0xfeff || unit === 0x1e
}
