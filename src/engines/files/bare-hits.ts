import { hash } from 'node:crypto'
import type { Hit } from '../../core/hit.ts'
import type { JsonObject } from '../../core/json.ts'
import { sources } from '../../sources/sources.ts'
import type { PackedBare } from './bare-codec.ts'
import { MatchFacts } from './match-facts.ts'
import type { ScanJob } from './scan-job.ts'
import { SpooledTexts } from './text-spool.ts'

/** Makes bare hits whole, from the texts of their records that the scan kept. */
export class BareHits {
  private readonly facts: readonly MatchFacts[]
  private readonly texts: SpooledTexts
  private readonly sources = new Map(sources.map(source => [source.id, source]))

  constructor({ rules, carry }: Pick<ScanJob, 'rules' | 'carry'>, folder: string) {
    this.facts = rules.map((rule, number) => new MatchFacts(rule, number, carry?.[number]))
    this.texts = new SpooledTexts(folder)
  }

  /** The hit as the scan would have made it. */
  whole(bare: PackedBare): Hit {
    const text = this.texts.read(bare.thread, bare.at, bare.length)
    const record = JSON.parse(text) as JsonObject
    const event = this.sources.get(bare.source)?.normalise(record)
    const facts = this.facts[bare.rule]
    if (event === undefined || facts === undefined) throw new Error('bug: a hit of nothing')
    const evidence = {
      event_id: event.id ?? '',
      event_time: event.timeText ?? '',
      file: bare.file,
      record: bare.number,
      sha256: bare.sha256 ?? hash('sha256', text),
    }
    return { rule: bare.rule, event, evidence, ...facts.facts(record) }
  }

  close(): void {
    this.texts.close()
  }
}
