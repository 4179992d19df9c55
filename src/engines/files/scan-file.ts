import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { JsonObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import { type Mention, mentionOf } from '../../scan/mentions.ts'
import type { Source } from '../../sources/source.ts'
import { sources } from '../../sources/sources.ts'
import { type BareHit, BarePacker } from './bare-codec.ts'
import { type Counted, EventCounts } from './event-counts.ts'
import { EventIds } from './event-ids.ts'
import { HitPacker } from './hit-codec.ts'
import type { InputFile } from './list.ts'
import { type FoundEvent, readEvents } from './read-events.ts'
import { type Found, limitsOf, type ScanEnd, type ScanJob, type ScannedFile } from './scan-job.ts'
import { type SourceRules, sourceRules } from './source-rules.ts'
import { TextSpool } from './text-spool.ts'
import { TimeSpan } from './time-span.ts'

/** Hits packed at once. */
const BATCH = 4096
/** Different values counted in memory by one thread. */
const MOST_COUNTED = 100_000

/** Scans files, one at a time, with all rules; one for each thread. */
export class FileScanner {
  private readonly job: ScanJob
  private readonly ids: EventIds
  private readonly bySource: ReadonlyMap<Source, SourceRules>
  private readonly costs: Float64Array
  private readonly mention: Mention | undefined
  private readonly counts: EventCounts | undefined
  private readonly packer = new HitPacker()
  private readonly bare: BarePacker
  private readonly texts: TextSpool
  private readonly found: Found
  private file = 0
  private span = new TimeSpan()
  private readonly passed = new Set<number>()

  constructor(job: ScanJob, thread: string, found: Found) {
    this.job = job
    this.found = found
    this.bare = new BarePacker(thread)
    this.texts = new TextSpool(job.folder, thread)
    this.ids = new EventIds({ budget: job.idBudget, folder: job.folder, name: thread })
    this.costs = new Float64Array(job.rules.length)
    this.bySource = new Map(sources.map(source => [source, sourceRules(source, job, this.costs)]))
    this.mention = job.entity === undefined ? undefined : mentionOf(job.entity)
    this.counts = job.count
      ? new EventCounts({ most: MOST_COUNTED, folder: job.folder, name: thread })
      : undefined
  }

  async scan(input: InputFile, number: number, goOn: (bytes: number) => boolean): Promise<ScannedFile> {
    this.file = number
    this.span = new TimeSpan()
    this.passed.clear()
    const tally = await readEvents(input, { ...limitsOf(this.job), goOn }, this.take)
    this.flush()
    return { ...tally, ...this.span.report(), passed: [...this.passed] }
  }

  /** Takes some records of a scanned file off the counts. */
  async uncount(input: InputFile, records: ReadonlySet<number>): Promise<void> {
    await readEvents(input, limitsOf(this.job), ({ source, record, ordinal }) => {
      if (records.has(ordinal)) this.counts?.add(source.title, source.normalise(record), -1)
    })
  }

  takeCounts(): readonly Counted[] {
    return this.counts === undefined ? [] : [this.counts.take()]
  }

  end(): ScanEnd {
    this.texts.close()
    return {
      ids: this.ids.take(),
      seen: [...this.bySource.values()].flatMap(rules => rules.index.seenFields),
      sources: [...this.bySource].filter(([, rules]) => rules.events > 0).map(([source]) => source.id),
      costs: [...this.costs],
    }
  }

  private readonly take = (found: FoundEvent): void => {
    const { source, record, text, ordinal } = found
    const id = source.eventId(record)
    const written = source.eventTime(record)
    const time = this.span.timeOf(written)
    if (this.isOutside(time)) {
      this.span.outside++
      return
    }
    const rules = this.bySource.get(source)
    if (rules === undefined) return
    const matches = this.matches(found, rules)
    // Nothing above leaves anything behind: an event that is nested too deeply to be looked into fails there.
    this.span.add(id, written, time)
    // Copies are told apart by their text; whether texts that differ mean the same is settled once all ids are known.
    if (id !== undefined) this.ids.add(id, crc32(found.bytes ?? text), this.file, ordinal)
    rules.events++
    this.counts?.add(source.title, source.normalise(record), 1)
    for (const { number, test } of rules.gates)
      if (!this.passed.has(number) && test(record)) this.passed.add(number)
    if (matches === undefined) return
    const { bare } = this.job
    if (bare === undefined || this.mention !== undefined) this.hits(found, rules, matches)
    else this.bareHits(found, rules, matches, bare)
  }

  /** The rules that match, if there is something to tell of the event. */
  private matches(
    { record, text: own, made, bytes }: FoundEvent,
    rules: SourceRules,
  ): readonly number[] | undefined {
    const text = made ? compactJson(record) : own
    if (this.mention?.test(record, text) === false) return undefined
    const matches = rules.index.matches(record, text, bytes)
    return matches.length > 0 || this.mention !== undefined ? matches : undefined
  }

  /** Bare hits of the rules that want no more, hits of the others. */
  private bareHits(
    found: FoundEvent,
    rules: SourceRules,
    matches: readonly number[],
    bare: readonly boolean[],
  ): void {
    const isBare = (match: number): boolean => bare[rules.facts[match]?.rule ?? -1] === true
    const wanted = matches.filter(isBare)
    if (wanted.length < matches.length)
      this.hits(
        found,
        rules,
        matches.filter(match => !isBare(match)),
      )
    if (wanted.length === 0) return
    const event = this.bareEvent(found)
    for (const match of wanted) {
      const facts = rules.facts[match]
      if (facts !== undefined) this.bare.add(facts.rule, event, facts.carried(found.record))
    }
    if (this.bare.count >= BATCH) this.flush()
  }

  private bareEvent({
    source,
    record,
    text,
    bytes,
    file,
    number,
    ordinal,
  }: FoundEvent): Omit<BareHit, 'rule'> {
    const json = bytes ?? Buffer.from(compactJson(record))
    return {
      record: ordinal,
      number,
      file,
      source: source.id,
      time: this.timeOf(source, record) ?? Number.NaN,
      id: source.eventId(record) ?? '',
      at: this.texts.add(json),
      length: json.length,
      sha256: bytes === undefined ? hash('sha256', text) : undefined,
    }
  }

  /** As its normal form has it. */
  private timeOf(source: Source, record: JsonObject): number | undefined {
    const written = source.eventTime(record)
    // A number may count seconds or milliseconds; an ISO time is one and the same.
    return written?.[4] === '-' ? this.span.timeOf(written) : source.normalise(record).time
  }

  private hits(found: FoundEvent, rules: SourceRules, matches: readonly number[]): void {
    const event = found.source.normalise(found.record)
    const evidence = {
      event_id: event.id ?? '',
      event_time: event.timeText ?? '',
      file: found.file,
      record: found.number,
      sha256: hash('sha256', found.text),
    }
    for (const match of matches) {
      const facts = rules.facts[match]
      if (facts === undefined) throw new Error(`bug: no rule ${match}`)
      this.packer.add({ rule: facts.rule, event, evidence, ...facts.facts(found.record) }, found.ordinal)
    }
    if (this.mention !== undefined) {
      const matched = this.mention.places(found.record)
      this.packer.add({ rule: this.job.rules.length, event, evidence, matched, shown: [] }, found.ordinal)
    }
    if (this.packer.count >= BATCH) this.flush()
  }

  private flush(): void {
    if (this.packer.count > 0) this.found.hits(this.packer.take())
    if (this.bare.count > 0) this.found.bare(this.bare.take())
  }

  private isOutside(time: number | undefined): boolean {
    const { from, to } = this.job
    return time !== undefined && ((from !== undefined && time < from) || (to !== undefined && time >= to))
  }
}
