import { join } from 'node:path'
import type { Ledger } from '../findings/ledger.ts'
import type { TimelineEntry, TimelineHead } from '../findings/timeline.ts'
import type { LoadedRules } from '../rules/load.ts'
import { type Selection, selects } from '../rules/select.ts'
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
  return scanInputs(
    options,
    { rules: running, profile: false, entity },
    ({ input, swept, folder, interrupted }) => {
      const survey = new Survey(entity, running)
      for (const one of namingEvents(swept, running.length)) survey.add(one)
      const hits = survey.hits()
      const ledger = ledgerOf({
        options: { rules: options.rules, strict: false },
        input,
        swept,
        running,
        hits: new Map(running.map(({ meta }, rule) => [meta.id, hits[rule] ?? 0])),
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
