import type { Evidence } from '../core/hit.ts'
import type { Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { below } from '../rules/below.ts'
import type { LoadedRules } from '../rules/load.ts'
import { type Selection, selects } from '../rules/select.ts'
import { hunt } from './hunt.ts'
import type { ScanOptions } from './options.ts'

/** Events that detections of rules that remember are made of. */
export interface CorrelatedEvents {
  /** Those that ran. */
  readonly rules: readonly CorrelationRule[]
  /** Numbers of the rules whose detections an event is a part of. */
  of(evidence: Pick<Evidence, 'file' | 'record'>): readonly number[]
  /** Parts that were left out because there are too many. */
  readonly leftOut: number
}

/** Parts of detections that are remembered. */
const MOST = 2_000_000

/** Reads the logs for the rules that remember among those chosen, and notes the events that their detections are made of. */
export async function correlatedEvents(
  options: ScanOptions & { readonly rules: LoadedRules; readonly selection: Selection },
): Promise<CorrelatedEvents> {
  const all = options.rules.rules.map(({ rule }) => rule)
  const rules = all
    .filter(rule => rule.kind === 'correlation')
    .filter(rule => selects(options.selection, rule.meta))
  const numbers = new Map(rules.map(({ meta }, number) => [meta.id, number]))
  const byFile = new Map<string, Map<number, number[]>>()
  let kept = 0
  let leftOut = 0
  const part = (rule: string, { file, record }: Evidence): void => {
    const number = numbers.get(rule)
    if (number === undefined) return
    const records = byFile.get(file) ?? new Map<number, number[]>()
    const before = records.get(record) ?? []
    if (before.includes(number)) return
    if (++kept > MOST) {
      leftOut++
      return
    }
    records.set(record, [...before, number])
    byFile.set(file, records)
  }
  if (rules.length > 0) await huntFor(options, rules, all, part)
  return {
    rules,
    of: ({ file, record }) => byFile.get(file)?.get(record) ?? [],
    leftOut,
  }
}

async function huntFor(
  options: ScanOptions & { readonly rules: LoadedRules },
  rules: readonly CorrelationRule[],
  all: readonly Rule[],
  part: (rule: string, evidence: Evidence) => void,
): Promise<void> {
  const byId = new Map(all.map(rule => [rule.meta.id, rule]))
  const wanted = new Set<Rule>(rules.flatMap(rule => below(rule, byId)))
  const chosen = rules.map(({ meta }) => ({ key: 'id', value: meta.id.toLowerCase() }) as const)
  const { findings } = await hunt({
    ...options,
    rules: { ...options.rules, rules: options.rules.rules.filter(({ rule }) => wanted.has(rule)) },
    selection: { include: chosen, exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    watch: { ...options.watch, part: (rule, hit) => part(rule, hit.evidence) },
  })
  findings.close()
}
