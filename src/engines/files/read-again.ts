import { sources } from '../../sources/sources.ts'
import type { BarePlace } from './bare-store.ts'
import type { InputFile } from './list.ts'
import type { Member } from './member.ts'
import { type FoundEvent, MemberEvents } from './member-events.ts'
import { openFile } from './open.ts'
import { type ReadOptions, readEvents } from './read-events.ts'
import { giveRecord } from './records.ts'
import { Tally } from './tally.ts'

/**
 * Reads some records of a file that was read before. Those of a member that was read at once are cut out and nothing
 * else is parsed; for others the file is read as before. What is not there any more is not given.
 */
export async function readAgain(
  input: InputFile,
  byRecord: ReadonlyMap<number, BarePlace>,
  options: ReadOptions,
  take: (event: FoundEvent) => void,
): Promise<void> {
  const places = [...byRecord.values()]
  if (places.every(({ at }) => at >= 0)) {
    await readPlaces(input, places, options, take)
    return
  }
  await readEvents(input, options, event => {
    if (byRecord.has(event.ordinal)) take(event)
  })
}

async function readPlaces(
  input: InputFile,
  places: readonly BarePlace[],
  options: ReadOptions,
  take: (event: FoundEvent) => void,
): Promise<void> {
  const last = places.reduce((most, { member }) => Math.max(most, member), 0)
  const tally = new Tally(input)
  let number = 0
  for await (const member of openFile(input.path, options)) {
    const own = places.filter(one => one.member === number)
    const [first] = own
    if (first !== undefined) {
      const events = new MemberEvents({
        file: member.name === '' ? input.name : `${input.name}!${member.name}`,
        label: '',
        ordinal: first.ordinal - first.number,
        member: number,
        tally,
        take,
        generic: options.generic === true,
        known: options.sources ?? sources,
      })
      const bytes = await wholeOf(member)
      for (const { number: record, at, length } of own) {
        events.number = record
        giveRecord(bytes.toString('utf8', at, at + length), events)
      }
    }
    if (++number > last) return
  }
}

async function wholeOf(member: Member): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of member.chunks()) chunks.push(chunk)
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}
