import { type Place, Places, printPlace } from './json-places.ts'

/** What is looked at of a text that comes in pieces, and what went before of the value that is being read. */
export class JsonWindow {
  text = ''
  at = 0
  /** Where the value begins in `text`, or where the rest of it does. */
  from = 0
  /** UTF-16 units of the value that are not in `text`. */
  held = 0
  private pieces: string[] = []
  /** Of the value that `pieces` begin. */
  private start: Place = { line: 1, character: 1 }
  private readonly places = new Places()

  take(text: string, first?: Place): void {
    this.text = text
    this.places.newText(text, first)
  }

  /** The text of the value that ends at `at`. */
  value(): string {
    const last = this.text.slice(this.from, this.at)
    return this.held === 0 ? last : this.pieces.join('') + last
  }

  /** Forgets the value, so that one can begin at `at`. */
  drop(): void {
    this.pieces = []
    this.held = 0
    this.from = this.at
  }

  /** Makes `text` begin with the value that began earlier. */
  join(): void {
    const { held, start } = this
    const joined = this.pieces.join('') + this.text
    const at = this.at + held
    this.drop()
    this.take(joined, start)
    this.at = at
    this.from = 0
  }

  /** Holds what the text has of the value. */
  hold(): void {
    if (this.held === 0) this.start = this.places.of(this.from)
    this.pieces.push(this.text.slice(this.from))
    this.held += this.text.length - this.from
  }

  /** Keeps the text from a place on. */
  keepFrom(index: number): void {
    this.take(this.text.slice(index), this.places.of(index))
    this.from = 0
  }

  /** Where the value began whose beginning was held last. */
  heldStart(): string {
    return printPlace(this.start)
  }

  placeOf(index: number): string {
    return printPlace(this.places.of(index))
  }
}
