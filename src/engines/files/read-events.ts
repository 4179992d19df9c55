import type { Json, JsonObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import type { Source } from '../../sources/source.ts'
import { unwrap } from '../../sources/unwrap.ts'
import type { InputFile } from './list.ts'
import { memberReader } from './member-reader.ts'
import { type Member, type OpenLimits, openFile } from './open.ts'
import type { RecordSink } from './records.ts'
import { type FileTally, Tally } from './tally.ts'

/** One event as it was found. */
export interface FoundEvent {
  readonly source: Source
  readonly record: JsonObject
  /** Its raw JSON: as it stands in the unpacked file, or printed anew where it was part of a larger record. */
  readonly text: string
  /** The bytes of `text`, if they are ASCII and at hand; good until the next event. */
  readonly bytes: Uint8Array | undefined
  /** The file as people know it, with the member of an archive. */
  readonly file: string
  /** Number of the event's record in that file or member, from 0. */
  readonly number: number
  /** The same, counted through all members of the file. */
  readonly ordinal: number
}

export interface ReadOptions extends OpenLimits {
  /** UTF-16 units. */
  readonly maxRecord: number
  /** Called with the size of each chunk, unpacked; false stops the reading of this file. */
  readonly goOn?: (bytes: number) => boolean
}

/** Reads one file to its end, whatever is in it, and tells what became of it. Never throws for what is in a file. */
export async function readEvents(
  input: InputFile,
  options: ReadOptions,
  take: (event: FoundEvent) => void,
): Promise<FileTally> {
  const tally = new Tally(input)
  let ordinal = 0
  for await (const member of openFile(input.path, options)) {
    const file = member.name === '' ? input.name : `${input.name}!${member.name}`
    const events = new MemberEvents({ file, ordinal, tally, take })
    await readMember(member, events, options)
    for (const problem of member.problems)
      tally.problem({ ...problem, message: `${label(member)}${problem.message}` })
    ordinal += events.number
  }
  return tally.close()
}

function label(member: Member): string {
  return member.name === '' ? '' : `${member.name}: `
}

async function readMember(member: Member, events: MemberEvents, options: ReadOptions): Promise<void> {
  let first: Buffer | undefined
  let reader: ReturnType<typeof memberReader> | undefined
  for await (const chunk of member.chunks()) {
    events.tally.unpacked += chunk.length
    if (options.goOn?.(chunk.length) === false) break
    if (reader !== undefined) reader.push(chunk)
    else if (first === undefined) first = chunk
    else {
      reader = memberReader(first, events, options)
      reader.push(first)
      reader.push(chunk)
    }
  }
  if (reader !== undefined) reader.end()
  else if (first !== undefined) memberReader(first, events, options).whole(first)
}

interface Finding {
  readonly file: string
  readonly ordinal: number
  readonly tally: Tally
  readonly take: (event: FoundEvent) => void
}

/** Numbers the records of one member and finds the events in them. */
class MemberEvents implements RecordSink {
  /** Records so far. */
  number = 0
  readonly tally: Tally
  private readonly place: Finding
  private text = ''
  private bytes: Uint8Array | undefined
  private value: Json = null

  constructor(place: Finding) {
    this.place = place
    this.tally = place.tally
  }

  record(value: Json, text: string, bytes?: Uint8Array): void {
    this.value = value
    this.text = text
    this.bytes = bytes
    const before = this.number
    try {
      unwrap(value, this.found)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.broken(text, 'it is nested too deeply')
    }
    if (this.number === before) this.apart('empty')
  }

  broken(_text: string, reason: string): void {
    this.tally.broken(this.number++, reason)
  }

  problem(code: string, message: string): void {
    this.tally.problem({ code, message, lost: true })
  }

  private apart(what: string): void {
    this.number++
    this.tally.apart(what)
  }

  private readonly found = (item: Parameters<Parameters<typeof unwrap>[1]>[0]): void => {
    if (item.kind === 'apart') this.apart(item.what)
    else if (item.kind === 'unknown') this.apart('unrecognised')
    else {
      const { source, record } = item
      const whole = record === this.value
      const text = item.text ?? (whole ? this.text : compactJson(record))
      const bytes = whole ? this.bytes : undefined
      const { file, ordinal, take } = this.place
      const number = this.number++
      this.tally.events++
      take({ source, record, text, bytes, file, number, ordinal: ordinal + number })
    }
  }
}
