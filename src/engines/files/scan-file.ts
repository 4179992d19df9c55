import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { FieldValue } from '../../core/hit.ts'
import type { JsonObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import { parseTime } from '../../core/time.ts'
import type { Expr } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { mentionPlaces, mentions } from '../../scan/mentions.ts'
import { RuleIndex } from '../../scan/rule-index.ts'
import type { Source } from '../../sources/source.ts'
import { sources } from '../../sources/sources.ts'
import { type BareHit, BarePacker } from './bare-codec.ts'
import { type Counted, EventCounts } from './event-counts.ts'
import { EventIds, type IdChunks } from './event-ids.ts'
import { HitPacker } from './hit-codec.ts'
import type { InputFile } from './list.ts'
import { MatchFacts } from './match-facts.ts'
import { type FoundEvent, type ReadOptions, readEvents } from './read-events.ts'
import type { FileTally } from './tally.ts'
import { TextSpool } from './text-spool.ts'

/** What every thread of a hunt is told. Plain data. */
export interface ScanJob {
  readonly rules: readonly DetectionRule[]
  /** For each rule the fields whose values rules over it want; absent: none. */
  readonly carry?: readonly (readonly string[])[]
  /** For each rule whether its hits are wanted bare; absent: none. */
  readonly bare?: readonly boolean[]
  /** UTC ms; events outside are counted and left. An event without a time is inside. */
  readonly from?: number
  readonly to?: number
  readonly maxUnpacked: number
  readonly maxRecord: number
  readonly chunk: number
  /** Bytes of event ids that one thread keeps in memory. */
  readonly idBudget: number
  /** A folder of the hunt's own for what does not fit in memory. */
  readonly folder: string
  readonly profile: boolean
  /** Only events that name it are hits, and those all: of the rules that match and of rule number `rules.length`. */
  readonly entity?: string
  /** Count the events by what they say. */
  readonly count?: boolean
  /** Of each it is told which files hold an event that it lets through. */
  readonly gates?: readonly Gate[]
}

/** Which events may matter to somebody: those of these sources (absent: of all) for which the condition holds. */
export interface Gate {
  readonly sources?: readonly string[]
  readonly where?: Expr
}

/** What a thread says of a file. */
export interface ScannedFile extends FileTally {
  readonly outside: number
  readonly withoutId: number
  readonly withoutTime: number
  readonly first?: Moment
  readonly last?: Moment
  /** Numbers of the gates that let an event of it through. */
  readonly passed?: readonly number[]
}

/** A time as written, and UTC ms. */
export interface Moment {
  readonly text: string
  readonly time: number
}

/** What a thread says at its end. */
export interface ScanEnd {
  readonly ids: readonly IdChunks[]
  /** Names of the rules' fields that occurred. */
  readonly seen: readonly string[]
  /** Ids of the sources of which there were events. */
  readonly sources: readonly string[]
  /** Rule -> ms, when profiling. */
  readonly costs: readonly number[]
}

/** Hits packed at once. */
const BATCH = 4096
/** Different values counted in memory by one thread. */
const MOST_COUNTED = 100_000

/** Who takes what is found in the file that is being scanned. */
export interface Found {
  /** Packed hits. */
  hits(bytes: Uint8Array): void
  /** Packed bare hits. */
  bare(bytes: Uint8Array): void
}

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
  private span = new Span()
  private readonly passed = new Set<number>()

  constructor(job: ScanJob, thread: string, found: Found) {
    this.job = job
    this.found = found
    this.bare = new BarePacker(thread)
    this.texts = new TextSpool(job.folder, thread)
    this.ids = new EventIds({ budget: job.idBudget, folder: job.folder, name: thread })
    this.costs = new Float64Array(job.rules.length)
    this.bySource = new Map(sources.map(source => [source, this.rulesFor(source)]))
    this.mention = job.entity === undefined ? undefined : mentionOf(job.entity)
    this.counts = job.count
      ? new EventCounts({ most: MOST_COUNTED, folder: job.folder, name: thread })
      : undefined
  }

  async scan(input: InputFile, number: number, goOn: (bytes: number) => boolean): Promise<ScannedFile> {
    this.file = number
    this.span = new Span()
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

  private rulesFor(source: Source): SourceRules {
    const rules = this.job.rules
      .map((rule, number) => ({ rule, number }))
      .filter(({ rule }) => source.answers(rule.logsource))
    const wrap = this.job.profile
      ? (test: EventTest, at: number) => this.timed(test, rules[at]?.number ?? 0)
      : undefined
    return {
      index: new RuleIndex(
        rules.map(({ rule }) => ({ where: both(source.about?.(rule.logsource), rule.where) })),
        wrap,
      ),
      facts: rules.map(({ rule, number }) => new MatchFacts(rule, number, this.job.carry?.[number])),
      gates: gatesFor(source, this.job.gates ?? []),
      events: 0,
    }
  }

  private timed(test: EventTest, rule: number): EventTest {
    return event => {
      const start = performance.now()
      const verdict = test(event)
      this.costs[rule] = (this.costs[rule] ?? 0) + performance.now() - start
      return verdict
    }
  }
}

function gatesFor(source: Source, gates: readonly Gate[]): SourceRules['gates'] {
  return gates.flatMap(({ sources: wanted, where }, number) => {
    if (wanted?.includes(source.id) === false) return []
    return [{ number, test: where === undefined ? () => true : compile(where) }]
  })
}

/** What the log source of a rule demands of an event, and what the rule does. */
function both(about: Expr | undefined, where: Expr): Expr {
  return about === undefined ? where : { kind: 'and', of: [about, where] }
}

/** How an event is asked whether, and where, it names the entity. */
interface Mention {
  test(record: JsonObject, text: string): boolean
  places(record: JsonObject): readonly FieldValue[]
}

function mentionOf(entity: string): Mention {
  return { test: mentions(entity), places: mentionPlaces(entity) }
}

interface SourceRules {
  readonly index: RuleIndex
  readonly facts: readonly MatchFacts[]
  readonly gates: readonly { readonly number: number; readonly test: EventTest }[]
  events: number
}

/** The limits of a job, as the reader of files wants them. */
export function limitsOf(job: ScanJob): ReadOptions {
  const { maxUnpacked, maxRecord, chunk, from, to } = job
  const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  return { maxUnpacked, maxRecord, chunk, ...bounds }
}

/** Counts and times of the events of one file. */
class Span {
  outside = 0
  private withoutId = 0
  private withoutTime = 0
  private first: Moment | undefined
  private last: Moment | undefined
  /** Events of one second often follow each other. */
  private text: string | undefined
  private time: number | undefined

  /** UTC ms; undefined if it cannot be read. */
  timeOf(text: string | undefined): number | undefined {
    if (text !== this.text) {
      this.text = text
      this.time = text === undefined ? undefined : parseTime(text)
    }
    return this.time
  }

  add(id: string | undefined, text: string | undefined, time: number | undefined): void {
    if (id === undefined) this.withoutId++
    if (text === undefined || time === undefined) this.withoutTime++
    else {
      if (this.first === undefined || time < this.first.time) this.first = { text, time }
      if (this.last === undefined || time > this.last.time) this.last = { text, time }
    }
  }

  report(): Pick<ScannedFile, 'outside' | 'withoutId' | 'withoutTime' | 'first' | 'last'> {
    const { outside, withoutId, withoutTime, first, last } = this
    return {
      outside,
      withoutId,
      withoutTime,
      ...(first === undefined || last === undefined ? {} : { first, last }),
    }
  }
}
