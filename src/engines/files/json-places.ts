/** A place in the whole of a text that comes in pieces; both count from 1. */
export interface Place {
  readonly line: number
  readonly character: number
}

/** Counts lines as far as it is asked to, each part of a text once if it is asked in order. */
export class Places {
  private text = ''
  private first: Place = { line: 1, character: 1 }
  private counted = { index: 0, lines: 0 }

  /** The next questions are about this text, which begins at that place of the whole. */
  newText(text: string, first: Place = this.first): void {
    this.text = text
    this.first = first
    this.counted = { index: 0, lines: 0 }
  }

  of(index: number): Place {
    if (index < this.counted.index) this.counted = { index: 0, lines: 0 }
    const { counted } = this
    let at = this.text.indexOf('\n', counted.index)
    while (at !== -1 && at < index) {
      counted.lines++
      at = this.text.indexOf('\n', at + 1)
    }
    counted.index = index
    return { line: this.first.line + counted.lines, character: this.first.character + index }
  }
}

export function printPlace(place: Place): string {
  return `line ${place.line} (character ${place.character} of the text)`
}
