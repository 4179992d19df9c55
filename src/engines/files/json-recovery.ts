import { type Resync, Resyncs } from './json-resync.ts'
import type { SplitterEvents } from './json-splitting.ts'
import type { JsonWindow } from './json-window.ts'

const FREE_REREAD = 65_536

/** Tells of damage, once for each stretch of it, and finds where to go on. Text is read twice at most on the whole. */
export class JsonRecovery {
  /** There was damage somewhere. */
  damaged = false
  private readonly events: SplitterEvents
  private readonly window: JsonWindow
  private readonly resyncs = new Resyncs()
  private told = false
  private pushed = 0
  private reread = 0

  constructor(events: SplitterEvents, window: JsonWindow) {
    this.events = events
    this.window = window
  }

  /** So much text more is in the window. */
  push(length: number): void {
    this.pushed += length
  }

  /** The text of the window is another. */
  newText(): void {
    this.resyncs.newText()
  }

  /** Takes a text for the beginning of a record, until a good one is known. */
  guess(text: string): void {
    this.resyncs.guess(text)
  }

  /** A good record ends the stretch, and shows how records look. */
  good(record?: string): void {
    this.told = false
    if (record !== undefined) this.resyncs.learn(record)
  }

  /** What follows is of a stretch that was told of. */
  known(): void {
    this.told = true
  }

  /** Tells of damage that begins at `start` and was noticed where the window is; good text is looked for from there on. */
  lose(code: string, start: number, what: string): void {
    const { window } = this
    if (!this.told) {
      const message = `${window.placeOf(start)}: ${what}`
      if (code === 'json/stray-bracket') this.events.problem(code, message)
      else this.events.left(code, message)
    }
    this.told = true
    this.damaged = true
    this.resyncs.guess(window.text.slice(start, window.at))
    if (!this.mayReread(start)) return
    this.reread += window.at - start
    window.at = start + 1
  }

  /** Does something that may be read again begin as records do, within the value from `start` on? */
  hasSwallowed(start: number): boolean {
    const { text, at } = this.window
    this.resyncs.guess(text.slice(start, at))
    return this.resyncs.isWithin(text, start + 1, at) && this.mayReread(start)
  }

  /** Where good text begins; it may take more text to find that. */
  next(inList: boolean, more: boolean): Resync | undefined {
    const { window } = this
    const { text } = window
    const found = this.resyncs.next(text, window.at, { inList, more })
    window.at = found?.at ?? Math.max(window.at, text.length - this.resyncs.overlap)
    return found
  }

  private mayReread(start: number): boolean {
    return this.reread + this.window.at - start <= this.pushed + FREE_REREAD
  }
}
