import { eventJson } from '../core/event-json.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { OwnCells } from './own-cells.ts'
import { BETWEEN, exactCell, NOTHING, UNWRITTEN } from './row.ts'
import type { RowBody } from './spool.ts'

/** An event that is printed anew, with the cells of the table's own columns. */
export class PrintedEvent implements RowBody {
  readonly most: number
  /** Places of the promoted fields whose cell is `UNWRITTEN`. */
  readonly unwritten: readonly number[]
  private readonly cells: string
  private readonly raw: string

  /** Throws RangeError if it is too deep to print. */
  constructor(record: JsonObject, { texts, parts }: OwnCells) {
    this.raw = printed(record)
    const promoted = texts.map(text => (text === undefined ? NOTHING : exactCell(text)))
    this.unwritten = promoted.flatMap((cell, place) => (cell === UNWRITTEN ? [place] : []))
    const cells = [...promoted, ...parts.map(part => (part === undefined ? NOTHING : printed(part)))]
    this.cells = cells.map(cell => cell + BETWEEN).join('')
    this.most = 3 * (this.raw.length + this.cells.length)
  }

  writeCells(target: Buffer, at: number): number {
    return at + target.write(this.cells, at)
  }

  writeRaw(target: Buffer, at: number): number {
    return at + target.write(this.raw, at)
  }
}

/** JSON that the engine reads. Throws RangeError if it is too deep to print. */
export function printed(value: Json): string {
  const json = eventJson(value)
  if (json === '') throw new RangeError('too deep to print')
  return json
}
