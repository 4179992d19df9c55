import type { Level } from '../../core/level.ts'
import { LEVELS } from '../../core/level.ts'
import { counted } from '../../core/quantity.ts'
import type { Finding } from '../../findings/finding.ts'
import type { AnalyticEvent } from '../analytic.ts'
import type { Case, Cases } from '../cases.ts'
import { becauseOf, titleOf } from './because.ts'
import type { Chain } from './chain.ts'
import type { EgressOutcome, Judgement } from './judge.ts'
import { sectionsOf } from './tell.ts'
import type { Telling } from './telling.ts'

/** Chains of one actor and one image until a day passes without one: one finding, shown by the most serious. */
interface Group {
  readonly key: string
  readonly entity: string
  readonly case: Case
  last: number
  open: number
  worst?: Judgement
  readonly outcomes: Map<EgressOutcome, number>
}

const DAY = 86_400_000
const MOST = 50_000

/** Gathers the chains of which findings are made. */
export class Groups {
  private readonly groups = new Map<string, Group>()
  private readonly ofChain = new Map<Chain, Group>()
  private readonly cases: Cases
  private readonly telling: Telling
  readonly findings: Finding[] = []

  constructor(cases: Cases, telling: Telling) {
    this.cases = cases
    this.telling = telling
  }

  /** @param before events that led to the launch, such as the making of its image */
  open(chain: Chain, before: readonly AnalyticEvent[]): void {
    const { actor } = (chain.creator?.event ?? chain.event).hit.event
    const entity = `${actor.arn ?? actor.principal ?? 'unknown'}, ${chain.image}`
    const group = this.groupFor(entity, chain.from)
    group.last = chain.from
    group.open++
    this.ofChain.set(chain, group)
    for (const event of new Set([...before, chain.launch.event, chain.event]))
      this.cases.add(group.case, event)
  }

  add(chain: Chain, event: AnalyticEvent): void {
    const group = this.ofChain.get(chain)
    if (group !== undefined) this.cases.add(group.case, event)
  }

  /** The chain is over, and this is what came of it. */
  judged(judgement: Judgement): void {
    const { chain, egress, level } = judgement
    const group = this.ofChain.get(chain)
    this.ofChain.delete(chain)
    if (group === undefined) return
    group.open--
    if (level === undefined) return
    group.outcomes.set(egress, (group.outcomes.get(egress) ?? 0) + 1)
    if (group.worst === undefined || rank(level) > rank(group.worst.level)) group.worst = judgement
  }

  finish(): void {
    for (const group of this.groups.values()) this.close(group)
    this.groups.clear()
  }

  private groupFor(entity: string, time: number): Group {
    const there = this.groups.get(entity)
    if (there !== undefined && (time - there.last <= DAY || there.open > 0)) return there
    if (there !== undefined) this.close(there)
    this.groups.delete(entity)
    const group = {
      key: entity,
      entity,
      case: this.cases.open(time),
      last: time,
      open: 0,
      outcomes: new Map(),
    }
    this.groups.set(entity, group)
    if (this.groups.size > MOST) this.closeOldest()
    return group
  }

  /** The oldest whose chains are all over. */
  private closeOldest(): void {
    for (const group of this.groups.values()) {
      if (group.open > 0) continue
      this.groups.delete(group.key)
      this.close(group)
      return
    }
  }

  private close(group: Group): void {
    const { worst, entity, outcomes } = group
    if (worst?.level === undefined) {
      this.cases.drop(group.case)
      return
    }
    const several = [...outcomes.values()].reduce((sum, count) => sum + count, 0) > 1
    const told = [...outcomes].map(
      ([outcome, count]) => `${counted(count, 'launch', 'launches')} ${WORDS[outcome]}`,
    )
    this.findings.push(
      this.cases.finding(group.case, {
        entity: { kind: 'actor and image', value: entity },
        level: worst.level,
        title: titleOf(worst),
        ...(worst.egress === 'within' ? {} : { variant: worst.egress }),
        because: [...becauseOf(worst, this.telling), ...(several ? [`in all ${told.join(', ')}`] : [])],
        sections: sectionsOf(worst, this.telling),
      }),
    )
  }
}

const WORDS: Record<EgressOutcome, string> = {
  within: 'with egress',
  late: 'with late egress',
  none: 'without egress',
  'not-observable': 'not observable',
  'logs-end': 'at the end of the logs',
}

function rank(level: Level | undefined): number {
  return level === undefined ? -1 : LEVELS.indexOf(level)
}
