import { techniquesOf } from '../attack/techniques.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import type { Finding } from '../findings/finding.ts'
import { FindingGroups } from '../findings/group.ts'
import type { RuleFacts } from '../findings/hit.ts'
import type { Ledger } from '../findings/ledger.ts'
import type { DetectionRule, Rule } from '../plan/rule.ts'
import { selects } from '../rules/select.ts'
import { ledgerOf } from './ledger.ts'
import type { HuntOptions } from './options.ts'
import { scanInputs } from './scan-inputs.ts'

export interface HuntResult {
  readonly findings: readonly Finding[]
  readonly ledger: Ledger
  /** Rule id -> ms, the most costly first; empty unless profiling. */
  readonly costs: readonly (readonly [id: string, ms: number])[]
  readonly interrupted: boolean
}

/** Files and rules in, findings and the ledger out. Throws only if the world fails, such as a full disk. */
export async function hunt(options: HuntOptions): Promise<HuntResult> {
  const chosen = options.rules.rules
    .map(({ rule }) => rule)
    .filter(rule => selects(options.selection, rule.meta))
  const running = chosen.filter(rule => rule.kind === 'detection')
  const { profile } = options
  return scanInputs(options, { rules: running, profile }, ({ input, swept, interrupted }) => {
    const { findings, hits } = gather(swept, running, new Set(basesOf(chosen)), options)
    return {
      findings,
      ledger: ledgerOf({ options, input, swept, running, hits, interrupted }),
      costs: profile ? costsOf(swept, running) : [],
      interrupted,
    }
  })
}

/** Ids of rules that only serve correlations, whose hits are not findings of their own. */
function basesOf(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap(rule => (rule.kind === 'correlation' && !rule.generate ? rule.rules : []))
}

interface Gathered {
  readonly findings: readonly Finding[]
  /** Distinct events by rule. */
  readonly hits: readonly number[]
}

function gather(
  swept: Sweep,
  rules: readonly DetectionRule[],
  bases: ReadonlySet<string>,
  options: HuntOptions,
): Gathered {
  const groups = new FindingGroups(rules.map(factsOf))
  const hits = rules.map(() => 0)
  const conflicting = new Set<string>()
  for (const { hit, repeat, conflicting: conflicts } of swept.hits()) {
    if (!options.keepDuplicates) {
      if (repeat) continue
      // Copies that differ are one event: a rule that matches several of them matches once.
      const key = conflicts ? `${hit.rule} ${hit.evidence.event_id}` : ''
      if (conflicts && conflicting.has(key)) continue
      if (conflicts) conflicting.add(key)
    }
    const id = rules[hit.rule]?.meta.id ?? ''
    hits[hit.rule] = (hits[hit.rule] ?? 0) + 1
    options.watch.hit(id, hit)
    if (!bases.has(id)) groups.add(hit)
  }
  return { findings: groups.finish(), hits }
}

function factsOf({ meta }: DetectionRule): RuleFacts {
  const { id, title, level, status, description, author, falsepositives, references, entity } = meta
  return {
    id,
    title,
    level,
    attack: techniquesOf(meta.tags),
    falsepositives,
    references,
    ...(status === undefined ? {} : { status }),
    ...(description === undefined ? {} : { description }),
    ...(author === undefined ? {} : { author }),
    ...(entity === undefined ? {} : { entity }),
  }
}

function costsOf(swept: Sweep, rules: readonly DetectionRule[]): readonly (readonly [string, number])[] {
  const costs = rules.map((rule, number) => [rule.meta.id, swept.costs[number] ?? 0] as const)
  return costs.sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
}
