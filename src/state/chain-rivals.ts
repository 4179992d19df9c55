import type { ChainLink, ChainRule, ChainStep, StepField } from '../plan/state-rule.ts'
import { type ChainNode, handedLater, identityOf, nodeAt } from './chain-node.ts'
import { valuesOf } from './group-key.ts'
import { laterFields } from './later-fields.ts'

/** A time, and the events of it that are of several steps: a chain takes each of them once. */
export interface Instant {
  readonly time: number
  readonly shared: ReadonlySet<string>
}

/** The step that a chain has come to, whichever it is. */
const LAST = -1

/** A step of a chain counts for how long an event that must be absent refutes it. */
interface Exposure {
  readonly step: number
  readonly within: number
}

/** Says of chains that wait for one step whether one stands for another: whatever goes on with the other goes on with it. */
export class ChainRivals {
  private readonly differs: readonly ChainLink[]
  private readonly later: readonly StepField[]
  /** Steps from which a gap is measured. */
  private readonly bases: readonly number[]
  private readonly exposures: readonly Exposure[]
  /** Whether an absent step may refute a chain from here on. */
  private readonly refutable: boolean

  constructor({ steps }: Pick<ChainRule, 'steps'>, step: number) {
    this.differs = steps[step]?.differs ?? []
    this.later = laterFields(steps, step)
    this.bases = basesOf(steps, step)
    this.exposures = exposuresOf(steps, step)
    this.refutable = pendingAbsent(steps, step).length > 0
  }

  /** Whether chains may differ in more than how late they are. */
  get exposed(): boolean {
    return this.exposures.length > 0
  }

  /** Do this step and later ones see the same values in both? */
  alike(a: ChainNode, b: ChainNode): boolean {
    return (
      this.differs.every(({ to }) => sameValues(a, b, to)) && this.later.every(to => sameValues(a, b, to))
    )
  }

  /** What later steps see of a chain, as one text. */
  laterText(node: ChainNode): string {
    return this.later.length === 0 ? '' : handedLater(node, this.later)
  }

  /** Does one chain stand for another, as long as events of now may come? */
  standsFor(one: ChainNode, other: ChainNode, now: Instant): boolean {
    for (const step of this.bases) if (baseOf(one, step) < baseOf(other, step)) return false
    for (const { step, within } of this.exposures) {
      const base = baseOf(one, step)
      if (base !== baseOf(other, step) && base + within >= now.time) return false
    }
    return this.alike(one, other) && (now.shared.size === 0 || this.takesNoMore(one, other, now))
  }

  /** An event that one has taken is lost for its next steps; what must be absent and is a step of the other refutes the other not. */
  private takesNoMore(one: ChainNode, other: ChainNode, now: Instant): boolean {
    return takesOnly(one, other, now) && (!this.refutable || takesOnly(other, one, now))
  }
}

/** Has a chain taken an event of now that other steps could take too? */
export function isTied(node: ChainNode, { time, shared }: Instant): boolean {
  for (let at: ChainNode | undefined = node; at?.signal.time === time; at = at.parent)
    if (shared.has(identityOf(at.signal))) return true
  return false
}

/** Has one chain taken no such event but those of the other? */
function takesOnly(one: ChainNode, other: ChainNode, { time, shared }: Instant): boolean {
  for (let at: ChainNode | undefined = one; at?.signal.time === time; at = at.parent) {
    const id = identityOf(at.signal)
    if (shared.has(id) && !has(other, id)) return false
  }
  return true
}

function has(node: ChainNode, id: string): boolean {
  for (let at: ChainNode | undefined = node; at !== undefined; at = at.parent)
    if (identityOf(at.signal) === id) return true
  return false
}

function sameValues(a: ChainNode, b: ChainNode, { step, field }: StepField): boolean {
  const [one, other] = [nodeAt(a, step), nodeAt(b, step)]
  if (one === other) return true
  const values = one === undefined ? [] : valuesOf(one.signal, field)
  const others = other === undefined ? [] : valuesOf(other.signal, field)
  return values.length === others.length && values.every(value => others.includes(value))
}

function baseOf(node: ChainNode, step: number): number {
  return step === LAST ? node.signal.time : (nodeAt(node, step)?.signal.time ?? Number.NEGATIVE_INFINITY)
}

function basesOf(steps: readonly ChainStep[], step: number): readonly number[] {
  const ways = steps.slice(step).flatMap(({ need, links }) => (need === 'absent' ? [] : links))
  const own = steps[step]?.links ?? []
  const last = own.length === 0 || own.some(way => way.some(({ to }) => steps[to.step]?.need !== 'required'))
  const earlier = ways.flat().flatMap(({ to }) => (to.step < step ? [to.step] : []))
  return [...new Set([...earlier, ...(last ? [LAST] : [])])]
}

/** How long the absent steps may refute a chain, where it matters: not if it is too old for the next step then in any case. */
function exposuresOf(steps: readonly ChainStep[], step: number): readonly Exposure[] {
  return pendingAbsent(steps, step).flatMap(place => {
    const { links = [], within = 0 } = steps[place] ?? {}
    const next = steps.find(({ need }, other) => other > place && need === 'required')
    if (next !== undefined && outlasts({ links, within }, next)) return []
    if (links.length === 0) return place < step ? [{ step: LAST, within }] : []
    const targets = new Set(links.flat().flatMap(({ to }) => (to.step < step ? [to.step] : [])))
    return [...targets].map(target => ({ step: target, within }))
  })
}

/** Numbers of the absent steps that may refute a chain which has come to the last required step before one. */
function pendingAbsent(steps: readonly ChainStep[], step: number): readonly number[] {
  const before = steps.findLastIndex(({ need }, place) => place < step && need === 'required')
  return steps.flatMap(({ need }, place) => (need === 'absent' && place > before ? [place] : []))
}

/** Is a chain too old for a step in any case where it is too old to be refuted before it? */
function outlasts(absent: Pick<ChainStep, 'links' | 'within'>, next: ChainStep): boolean {
  if (absent.within < next.within) return false
  const targets = (way: readonly ChainLink[]): readonly number[] => way.map(({ to }) => to.step)
  const isWhole = (way: readonly ChainLink[]): boolean =>
    next.links.length > 0 &&
    next.links.every(other => targets(other).every(one => targets(way).includes(one)))
  return absent.links.every(isWhole)
}
