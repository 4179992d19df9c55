import { type Growing, put } from '../put.ts'
import type { AuditLine } from './line.ts'
import { decodedHex, type Member } from './members.ts'

/** `a1`, or a piece of a long one: `a1[0]`. */
const ARGUMENT = /^a(\d{1,6})(\[\d{1,6}\])?$/

/** The arguments that the EXECVE records of one event tell together. */
export class Arguments {
  private readonly parts = new Map<number, { text: string; readonly encoded: boolean }>()

  /** Takes a member, if it is an argument. Pieces of one argument come in order. */
  take(line: AuditLine, { name, value, quoted }: Member): boolean {
    const [, digits, piece] = ARGUMENT.exec(name) ?? []
    if (digits === undefined) return false
    const place = Number(digits)
    const before = this.parts.get(place)
    if (before !== undefined && piece !== undefined) before.text += value
    else this.parts.set(place, { text: value, encoded: piece !== undefined && !quoted && !line.interpreted })
    return true
  }

  list(): readonly string[] {
    return [...this.parts]
      .sort(([a], [b]) => a - b)
      .map(([, { text, encoded }]) => (encoded ? decodedHex(text) : text))
  }
}

/** Arguments that become members of their own; the command line has all of them. */
const MOST = 256

/** Sets `a0`, `a1` … of an event. */
export function putArguments(event: Growing, list: readonly string[]): void {
  for (const [place, argument] of list.slice(0, MOST).entries()) put(event, `a${place}`, argument)
}
