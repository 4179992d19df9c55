import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { GEO_FIELDS } from '../../context/geo-fields.ts'
import type { JsonObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import { type Mention, mentionOf } from '../../scan/mentions.ts'
import { generic } from '../../sources/generic/generic.ts'
import { knownSources } from '../../sources/known.ts'
import type { Source } from '../../sources/source.ts'
import { type BareRequest, type BareShare, BareStore } from './bare-store.ts'
import { type Counted, EventCounts } from './event-counts.ts'
import { EventIds } from './event-ids.ts'
import { HitPacker } from './hit-codec.ts'
import type { InputFile } from './list.ts'
import type { FoundEvent } from './member-events.ts'
import { readAgain } from './read-again.ts'
import { readEvents } from './read-events.ts'
import { RowTakers } from './row-takers.ts'
import { type Found, limitsOf, type ScanEnd, type ScanJob, type ScannedFile } from './scan-job.ts'
import { geoOf, type Shared, type SourceRules, sourceRules } from './source-rules.ts'
import { TimeSpan } from './time-span.ts'

/** Hits packed at once. */
const BATCH = 4096
/** Different values counted in memory by one thread. */
const MOST_COUNTED = 100_000

/** Scans files, one at a time, with all rules; one for each thread. */
export class FileScanner {
  private readonly job: ScanJob
  private readonly ids: EventIds
  private readonly known: ReadonlySet<Source>
  private readonly shared: Shared
  /** Those of which there were events. */
  private readonly bySource = new Map<Source, SourceRules>()
  private readonly costs: Float64Array
  private readonly mention: Mention | undefined
  private readonly counts: EventCounts | undefined
  private readonly packer = new HitPacker()
  private readonly bare: BareStore
  private readonly rows: RowTakers
  private readonly found: Found
  private file = 0
  private span = new TimeSpan()
  private readonly passed = new Set<number>()

  constructor(job: ScanJob, thread: string, found: Found) {
    this.job = job
    this.found = found
    this.bare = new BareStore(job, thread)
    this.ids = new EventIds({ budget: job.idBudget, folder: job.folder, name: thread })
    this.costs = new Float64Array(job.rules.length)
    this.rows = new RowTakers(job, thread)
    this.known = new Set([...knownSources(job.maps), ...(job.generic === true ? [generic] : [])])
    this.shared = { costs: this.costs, geo: geoOf(job) }
    this.mention = job.entity === undefined ? undefined : mentionOf(job.entity)
    this.counts = job.count
      ? new EventCounts({ most: MOST_COUNTED, folder: job.folder, name: thread })
      : undefined
  }

  async scan(
    input: InputFile,
    number: number,
    goOn: (bytes: number, events?: number) => boolean,
  ): Promise<ScannedFile> {
    this.file = number
    this.span = new TimeSpan()
    this.rows.begin(number)
    this.bare.begin(number)
    const tally = await readEvents(input, { ...limitsOf(this.job), goOn }, this.take)
    this.flush()
    this.bare.flush()
    return { ...tally, ...this.span.report() }
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

  /** Its bare hits, told apart. */
  share(request: BareRequest): BareShare {
    return this.bare.share(request)
  }

  /**
   * Makes bare hits of a file that it scanned whole, from the file itself; not those of records that changed.
   * @param wanted records of the whole file, each followed by a rule that it is a hit of
   */
  async again(input: InputFile, number: number, wanted: Uint32Array): Promise<void> {
    const rules = new Map<number, number[]>()
    for (let at = 0; at < wanted.length; at += 2) {
      const [record = 0, rule = 0] = wanted.subarray(at, at + 2)
      const list = rules.get(record)
      if (list === undefined) rules.set(record, [rule])
      else list.push(rule)
    }
    const places = this.bare.places(number, rules)
    await readAgain(input, places, limitsOf(this.job), event => {
      const { source, record, ordinal } = event
      const own = this.rulesOf(source)
      const of = rules.get(ordinal) ?? []
      if (own === undefined || places.get(ordinal)?.id !== (source.eventId(record) ?? '')) return
      this.hits(
        event,
        own,
        of.map(rule => own.facts.findIndex(facts => facts.rule === rule)),
      )
    })
    this.flush()
  }

  close(): void {
    this.bare.close()
  }

  end(): ScanEnd {
    return {
      ids: this.ids.take(),
      seen: [
        ...[...this.bySource.values()].flatMap(({ index }) => index.seenFields),
        ...(this.shared.geo === undefined ? [] : GEO_FIELDS),
      ],
      sources: [...this.bySource.keys()].map(({ id }) => id),
      costs: [...this.costs],
      noted: this.bare.noted(),
      rows: this.rows.end(),
      passed: [...this.passed],
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
    const rules = this.rulesOf(source)
    if (rules === undefined) return
    const matches = this.matches(found, rules)
    // Nothing above leaves anything behind: an event that is nested too deeply to be looked into fails there.
    this.span.add(id, written, time)
    // Copies are told apart by their text; whether texts that differ mean the same is settled once all ids are known.
    if (id !== undefined) this.ids.add(id, crc32(found.bytes ?? text), this.file, ordinal)
    this.counts?.add(source.title, source.normalise(record), 1)
    for (const { number, test } of rules.gates)
      if (!this.passed.has(number) && test(record)) this.passed.add(number)
    this.rows.take(found)
    if (matches === undefined) return
    const { bare } = this.job
    if (bare === undefined || this.mention !== undefined) this.hits(found, rules, matches)
    else this.bareHits(found, rules, matches, bare)
  }

  private rulesOf(source: Source): SourceRules | undefined {
    const made = this.bySource.get(source)
    if (made !== undefined || !this.known.has(source)) return made
    const rules = sourceRules(source, this.job, this.shared)
    this.bySource.set(source, rules)
    return rules
  }

  /** The rules that match, if there is something to tell of the event. */
  private matches(
    { record, text: own, made, bytes }: FoundEvent,
    rules: SourceRules,
  ): readonly number[] | undefined {
    const text = made ? compactJson(record) : own
    if (this.mention?.test(record, text) === false) return undefined
    const found = rules.index.matches(record, text, bytes)
    const matches = rules.geo === undefined ? found : rules.geo.kept(found, record)
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
    const { source, record } = found
    const time = this.timeOf(source, record) ?? Number.NaN
    const id = source.eventId(record) ?? ''
    for (const match of wanted) {
      const facts = rules.facts[match]
      if (facts !== undefined) this.bare.add(facts.rule, found, { time, id, carried: facts.carried(record) })
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
      const record = rules.geo?.seen(match, found.record) ?? found.record
      this.packer.add({ rule: facts.rule, event, evidence, ...facts.facts(record) }, found.ordinal)
    }
    if (this.mention !== undefined) {
      const matched = this.mention.places(found.record)
      this.packer.add({ rule: this.job.rules.length, event, evidence, matched, shown: [] }, found.ordinal)
    }
    if (this.packer.count >= BATCH) this.flush()
  }

  private flush(): void {
    if (this.packer.count > 0) this.found.hits(this.packer.take())
  }

  private isOutside(time: number | undefined): boolean {
    const { from, to } = this.job
    return time !== undefined && ((from !== undefined && time < from) || (to !== undefined && time >= to))
  }
}
