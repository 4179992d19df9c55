import type { JsonRecovery } from './json-recovery.ts'
import { JsonScanner } from './json-scanner.ts'
import type { SplitterEvents, SplitterOptions } from './json-splitting.ts'
import type { JsonWindow } from './json-window.ts'

/** What became of a value: it goes on in the next text, it is done with, a list of records begins in it, or it is damaged. */
export type ValueEnd = 'open' | 'done' | 'list' | 'lost'

/** Reads one value after another, each from the place of the window to its end, and gives those that are records. */
export class JsonValue {
  private readonly options: SplitterOptions
  private readonly events: SplitterEvents
  private readonly window: JsonWindow
  private readonly recovery: JsonRecovery
  private readonly scanner: JsonScanner
  /** What becomes of the value. */
  private use: 'record' | 'too-large' | 'around a list' = 'record'

  constructor(
    options: SplitterOptions,
    events: SplitterEvents,
    { window, recovery }: { readonly window: JsonWindow; readonly recovery: JsonRecovery },
  ) {
    this.options = options
    this.events = events
    this.window = window
    this.recovery = recovery
    this.scanner = new JsonScanner(options.arrayKeys)
  }

  /** The text of the window is another. */
  newText(): void {
    this.scanner.newText()
    this.recovery.newText()
  }

  /** `watch`: it may hold a list of records, and then is none itself. */
  begin(watch: boolean): void {
    this.use = 'record'
    this.window.from = this.window.at
    this.scanner.begin(watch)
  }

  /** After a list of records: the rest of the object around it. */
  beginAfterList(): void {
    this.use = 'around a list'
    this.scanner.beginAfterList()
  }

  read(): ValueEnd {
    const { window, scanner } = this
    const stop = scanner.scan(window.text, window.at)
    window.at = stop === 'text-ended' ? window.text.length : scanner.at
    if (stop === 'closed') return this.close()
    if (stop === 'broken') return this.break()
    if (stop === 'text-ended') return 'open'
    window.drop()
    return 'list'
  }

  /** All is held of it that may be a record. */
  park(): void {
    const { window } = this
    if (this.use === 'record') {
      window.hold()
      if (window.held <= this.options.maxRecord) {
        window.keepFrom(window.text.length)
        return
      }
      this.use = 'too-large'
      window.drop()
    }
    window.keepFrom(window.text.length - 1)
  }

  /** It has no end; then it may have swallowed good ones, which are read if the answer is `lost`. */
  cut(): ValueEnd {
    if (this.use !== 'record') return 'open'
    const start = this.joined()
    this.window.at = this.window.text.length
    if (!this.recovery.hasSwallowed(start)) return 'open'
    return this.lose(start, 'the value that begins there has no end')
  }

  startPlace(): string {
    const { window } = this
    if (this.use === 'around a list') return window.placeOf(window.text.length)
    return this.use === 'record' && window.held === 0 ? window.placeOf(window.from) : window.heldStart()
  }

  private close(): ValueEnd {
    if (this.use === 'around a list') return 'done'
    const { window } = this
    const tooLarge = window.held + window.at - window.from > this.options.maxRecord
    if (this.use === 'too-large' || tooLarge) this.tellTooLarge()
    const end = this.use === 'too-large' || tooLarge ? 'done' : this.give()
    window.drop()
    return end
  }

  private give(): ValueEnd {
    const record = this.window.value()
    const wrong = this.events.record(record)
    if (wrong !== undefined) return this.refused(wrong)
    this.recovery.good(record)
    return 'done'
  }

  /** A record whose brackets only seem to fit has swallowed others, if something in it begins as records do. */
  private refused(wrong: string): ValueEnd {
    const start = this.joined()
    if (this.recovery.hasSwallowed(start)) {
      return this.lose(start, `the value that begins there is no JSON: ${wrong}`)
    }
    this.events.left('json/bad-record', `${this.window.placeOf(start)}: ${wrong}`)
    return 'done'
  }

  private break(): ValueEnd {
    const { window } = this
    const { why } = this.scanner
    if (this.use === 'record')
      return this.lose(this.joined(), `the value that begins there is no JSON: ${why}`)
    if (this.use === 'too-large') {
      this.tellTooLarge()
      this.recovery.known()
    }
    window.drop()
    // What is wrong here may be the beginning of a good line, whose line break is just behind.
    const behind = Math.max(0, window.at - 1)
    this.lose(window.at, `a value that began earlier is no JSON: ${why}`)
    window.at = behind
    return 'lost'
  }

  private lose(start: number, what: string): 'lost' {
    this.recovery.lose('json/broken', start, what)
    return 'lost'
  }

  private tellTooLarge(): void {
    const most = `${this.options.maxRecord} characters`
    const message = `the record that begins at ${this.startPlace()} has over ${most}`
    this.events.left('json/record-too-large', message)
  }

  /** Where it begins in the text of the window, which may have to be made anew. */
  private joined(): number {
    if (this.window.held === 0) return this.window.from
    this.window.join()
    this.newText()
    return 0
  }
}
