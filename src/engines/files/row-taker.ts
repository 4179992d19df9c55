import { hash } from 'node:crypto'
import type { Evidence } from '../../core/hit.ts'
import type { FieldWish } from '../../plan/lowering.ts'
import type { NeededWords } from '../../plan/needed-words.ts'
import { EVENT_COLUMN } from '../../plan/pipeline.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { generic } from '../../sources/generic/generic.ts'
import type { Source } from '../../sources/source.ts'
import { type FiledRows, RowFile } from '../duckdb/row-file.ts'
import { type FieldStyle, type LoadedEvent, type RowMaker, rowMaker } from './event-row.ts'
import { mapRow, type SourceMapping } from './file-names.ts'
import { RowPlaces } from './row-places.ts'
import { anywhere, sourceCondition, type Wanted } from './source-condition.ts'
import { type WordTest, wordTest } from './word-test.ts'

/** Which events are to be rows, and of what. Plain data. */
export interface RowJob extends Wanted {
  /** Good as the name of a file. */
  readonly table: string
  readonly style: FieldStyle
  readonly wish: FieldWish
  readonly mapping?: SourceMapping
  readonly words?: NeededWords
  /** Paths of MMDB files, where events are to say of their addresses what these know. */
  readonly geo?: readonly string[]
  /** Which of the hidden columns are wanted besides. */
  readonly tells?: { readonly source: boolean; readonly event: boolean }
}

/** Hidden columns: the id of an event's source, and what a finding tells of it. */
export const hiddenColumns = { source: '$source', event: EVENT_COLUMN } as const

/** What Splunk and Sumo Logic call the time of an event. */
const SAY_WHEN = ['_time', '_messageTime']

/** The rows that a thread made for one job. */
export interface TakenRows {
  readonly table: string
  readonly filed: readonly FiledRows[]
  /** Some event is of a known log, or says its time as the product does: then they come newest first, else as they stand. */
  readonly timed: boolean
}

/** Makes rows of those events that matter to a search. */
export class RowTaker {
  private readonly job: RowJob
  private readonly path: string
  /** Those of a search that wishes for all fields, by the source. */
  private readonly files = new Map<string, RowFile>()
  private readonly rowOf: RowMaker
  private readonly places: RowPlaces | undefined
  private readonly tests = new Map<Source, EventTest>()
  private readonly hasWords: WordTest
  private timed = false

  constructor(job: RowJob, path: string) {
    this.job = job
    this.rowOf = rowMaker(job.style, job.wish)
    this.path = path
    this.hasWords = wordTest(job.words ?? [])
    this.places = job.geo === undefined ? undefined : new RowPlaces(job.geo, job.prefilter)
  }

  /**
   * @param place the event's number among all
   * @param sure it is known to matter
   */
  take(event: LoadedEvent, place: number, sure = false): void {
    if (!sure && !(this.testFor(event.source)(event.record) && this.hasWords(event))) return
    const found = this.places === undefined ? event : this.places.seen(event)
    if (found === undefined) return
    const { source, record } = found
    const { job } = this
    const row = this.rowOf(found)
    mapRow(row, found, job)
    this.timed ||= source !== generic || SAY_WHEN.some(name => Object.hasOwn(record, name))
    if (job.tells?.source === true) row.set(hiddenColumns.source, source.id)
    if (job.tells?.event === true) row.set(hiddenColumns.event, told(found))
    this.fileOf(job.wish.all ? source.id : '').add(place, row)
  }

  end(): TakenRows {
    return {
      table: this.job.table,
      filed: [...this.files.values()].map(file => file.end()),
      timed: this.timed,
    }
  }

  private fileOf(kind: string): RowFile {
    const before = this.files.get(kind)
    if (before !== undefined) return before
    const made = new RowFile(`${this.path}.${this.files.size}`, kind)
    this.files.set(kind, made)
    return made
  }

  /** Whether an event of a source can matter. */
  private testFor(source: Source): EventTest {
    const before = this.tests.get(source)
    if (before !== undefined) return before
    const condition = sourceCondition(source, this.places === undefined ? this.job : anywhere(this.job))
    const test = condition === undefined ? () => true : compile(condition)
    this.tests.set(source, test)
    return test
  }
}

/** What an event is to a finding, as JSON. */
function told({ source, record, text, file, number }: LoadedEvent): string {
  const event = source.normalise(record)
  const evidence: Evidence = {
    event_id: event.id ?? '',
    event_time: event.timeText ?? '',
    file,
    record: number,
    sha256: hash('sha256', text),
  }
  return JSON.stringify({ event, evidence })
}
