import { join } from 'node:path'
import { counted } from '../core/quantity.ts'
import type { Ledger } from '../findings/ledger.ts'
import type { TimelineEntry, TimelineHead } from '../findings/timeline.ts'
import type { LoadedRules } from '../rules/load.ts'
import { type Selection, selects } from '../rules/select.ts'
import { type CorrelatedEvents, correlatedEvents } from './correlated-events.ts'
import { ledgerOf } from './ledger.ts'
import type { ScanOptions } from './options.ts'
import { scanInputs } from './scan-inputs.ts'
import { Survey } from './survey.ts'
import { inOrderOfTime, namingEvents, withoutConflicts } from './timeline-events.ts'

export interface TimelineOptions extends ScanOptions {
  /** A value by which something is known: a key id, an ARN or name, an address, an account, a bucket … */
  readonly entity: string
  readonly rules: LoadedRules
  readonly selection: Selection
  /** Mark the events of which detections of rules that remember are made, too: the logs are read twice. */
  readonly correlations?: boolean
  /** Entries that are wanted at most. */
  readonly most: number
  readonly sink: TimelineSink
}

/** Takes a timeline: first its head, then the entries in order of time. */
export interface TimelineSink {
  head(head: TimelineHead): void
  entry(entry: TimelineEntry): void
}

export interface TimelineResult {
  readonly head: TimelineHead
  readonly ledger: Ledger
  readonly interrupted: boolean
}

/** Everything that names an entity, each event once. Throws only if the world fails, such as a full disk. */
export async function timeline(options: TimelineOptions): Promise<TimelineResult> {
  const { entity } = options
  const running = options.rules.rules
    .map(({ rule }) => rule)
    .filter(rule => rule.kind === 'detection')
    .filter(rule => selects(options.selection, rule.meta))
  const correlated = options.correlations === true ? await correlatedEvents(options) : undefined
  return scanInputs(
    options,
    { rules: running, profile: false, entity },
    ({ input, swept, folder, interrupted }) => {
      const survey = new Survey(entity, running, correlated)
      for (const one of namingEvents(swept, running.length)) survey.add(one)
      const hits = survey.hits()
      const ledger = ledgerOf({
        options: { rules: options.rules, strict: false },
        input,
        swept,
        running,
        ...(correlated === undefined ? {} : { correlations: correlated.rules }),
        hits: new Map(
          [...running, ...(correlated?.rules ?? [])].map(({ meta }, rule) => [meta.id, hits[rule] ?? 0]),
        ),
        remarks: remarksOn(correlated),
        interrupted,
      })
      const head = survey.head(ledger.totals.distinct)
      options.sink.head(head)
      const events = withoutConflicts(namingEvents(swept, running.length))
      const order = { most: options.most, file: join(folder, 'timeline') }
      for (const one of inOrderOfTime(events, order)) options.sink.entry(survey.entry(one))
      return { head, ledger, interrupted }
    },
  )
}

/** Says of each rule that remembers if not all of its events can be marked. */
function remarksOn(correlated: CorrelatedEvents | undefined): ReadonlyMap<string, readonly string[]> {
  const { rules = [], leftOut = 0 } = correlated ?? {}
  if (leftOut === 0) return new Map()
  const remark = `warning[timeline/too-many] ${counted(leftOut, 'event')} of correlations left unmarked, for there are too many`
  return new Map(rules.map(({ meta }) => [meta.id, [remark]]))
}
