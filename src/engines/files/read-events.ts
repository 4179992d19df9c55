import { setImmediate } from 'node:timers/promises'
import type { Source } from '../../sources/source.ts'
import { sources } from '../../sources/sources.ts'
import { isEvtx } from './evtx-reader.ts'
import type { InputFile } from './list.ts'
import { interrupted } from './member.ts'
import { type FoundEvent, MemberEvents, type TakeUnparsed } from './member-events.ts'
import { beginsAsJson, HEAD_BYTES, memberReader } from './member-reader.ts'
import { type Member, type OpenLimits, openFile } from './open.ts'
import { isParquet, readParquet } from './parquet-reader.ts'
import type { MemberReader } from './reading.ts'
import { type FileProblem, type FileTally, Tally } from './tally.ts'
import { Utf8Check } from './utf8-check.ts'

export interface ReadOptions extends OpenLimits {
  /** UTC ms: what knows the times of its events, as a lake does, may leave out those outside. */
  readonly from?: number
  readonly to?: number
  /** UTF-16 units. */
  readonly maxRecord: number
  /** What is no known log is an event too: each object, each row of a table, each line of text. */
  readonly generic?: boolean
  /** The logs that are known, those first that are asked first; those of the house if not given. */
  readonly sources?: readonly Source[]
}

/** Reads one file to its end, whatever is in it, and tells what became of it. Never throws for what is in a file. */
export async function readEvents(
  input: InputFile,
  options: ReadOptions,
  take: (event: FoundEvent) => void,
  takeUnparsed?: TakeUnparsed,
): Promise<FileTally> {
  const tally = new Tally(input)
  const generic = options.generic === true
  const known = options.sources ?? sources
  if (isParquet(input.path)) {
    const place = { file: input.name, label: '', ordinal: 0, member: 0 }
    const events = new MemberEvents({ ...place, tally, take, generic, known })
    if (!(await readParquet(input.path, options, events))) events.told(interrupted)
    return tally.close()
  }
  let ordinal = 0
  let number = 0
  for await (const member of openFile(input.path, options)) {
    const file = member.name === '' ? input.name : `${input.name}!${member.name}`
    const label = member.name === '' ? '' : `${member.name}: `
    const place = { file, label, ordinal, member: number++ }
    const events = new MemberEvents({ ...place, tally, take, takeUnparsed, generic, known })
    const goOn = await readMember(member, events, options)
    ordinal += events.number
    if (!goOn) break
  }
  return tally.close()
}

/** Gives false if the reading is to stop. */
async function readMember(member: Member, events: MemberEvents, options: ReadOptions): Promise<boolean> {
  const encoding = new Utf8Check()
  let held: Buffer = Buffer.alloc(0)
  let reader: MemberReader | undefined
  let goOn = true
  for await (const chunk of member.chunks()) {
    events.tally.unpacked += chunk.length
    goOn = options.goOn?.(chunk.length, events.tally.events) !== false
    if (!goOn) break
    encoding.push(chunk)
    // What comes in pieces may be long: signals are heard between them.
    if (held.length > 0) await setImmediate()
    if (reader === undefined && held.length >= HEAD_BYTES) {
      reader = memberReader(held, events, { ...options, name: events.file })
      reader.push(held)
    }
    if (reader !== undefined) reader.push(chunk)
    else held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
  }
  if (!goOn) events.told(interrupted)
  for (const problem of member.problems) events.told(problem)
  if (beginsAsJson(held)) events.tally.claims = true
  if (reader !== undefined) reader.end()
  else if (held.length > 0) {
    events.whole = held
    memberReader(held, events, { ...options, name: events.file }).whole(held)
  }
  if (!encoding.sound && !isEvtx(held)) events.told(NOT_UTF8)
  return goOn
}

const NOT_UTF8: FileProblem = {
  code: 'input/not-utf8',
  message: 'some of its bytes are not UTF-8 and were read as the replacement character U+FFFD',
  lost: false,
}
