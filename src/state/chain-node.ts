import type { ChainLink, ChainRule, StepField } from '../plan/state-rule.ts'
import { combinations, keyOf, valuesOf } from './group-key.ts'
import type { GroupValues, LinkFact, Signal, StepFact } from './signal.ts'

/** A chain as far as it has come: its last step, and what came before. */
export interface ChainNode {
  readonly step: number
  readonly signal: Signal
  readonly parent: ChainNode | undefined
  readonly links: readonly LinkFact[]
  /** Number of the first absent step of which an event came: the chain is refuted, and goes on with steps before that only. */
  spoiled: number | undefined
  /** It went on. */
  extended: boolean
  /** Places in the index of the next required step where it is the latest; with none left a later chain stands for it. */
  filed: number
  /** Places in the indexes of all steps that may follow. */
  kept: number
  superseded: boolean
}

/** A chain that is told of if nothing more comes in time. */
export interface Deadline {
  readonly time: number
  readonly node: ChainNode
  /** The step that it waits for. */
  readonly step: number
}

export function chainNode(
  step: number,
  signal: Signal,
  parent?: ChainNode,
  links: readonly LinkFact[] = [],
): ChainNode {
  return {
    step,
    signal,
    parent,
    links,
    spoiled: undefined,
    extended: false,
    filed: 0,
    kept: 0,
    superseded: false,
  }
}

/** The node of a step, if the chain has it. */
export function nodeAt(node: ChainNode, step: number): ChainNode | undefined {
  let at: ChainNode | undefined = node
  while (at !== undefined && at.step > step) at = at.parent
  return at?.step === step ? at : undefined
}

/** What tells events apart. */
export function identityOf({ id, evidence }: Signal): string {
  return id === '' ? `\0${evidence}` : id
}

/** From the first step on. */
export function nodesOf(node: ChainNode): readonly ChainNode[] {
  const nodes: ChainNode[] = []
  for (let at: ChainNode | undefined = node; at !== undefined; at = at.parent) nodes.push(at)
  return nodes.reverse()
}

/** Is the event one of the chain's already? An event is one step only. */
export function holds(node: ChainNode, { id, evidence }: Signal): boolean {
  for (let at: ChainNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.signal.id === id && (id !== '' || at.signal.evidence === evidence)) return true
  }
  return false
}

/** The texts under which a chain is found by events that are linked to it in one way. */
export function handedOn(node: ChainNode, way: readonly ChainLink[]): readonly string[] {
  const lists = way.map(({ to }) => {
    const from = nodeAt(node, to.step)
    return from === undefined ? [] : valuesOf(from.signal, to.field)
  })
  return keys(lists)
}

/** The texts under which an event looks for the chains that it is linked to. */
export function asked(signal: Signal, way: readonly ChainLink[]): readonly string[] {
  return keys(way.map(({ field }) => valuesOf(signal, field)))
}

function keys(lists: readonly (readonly string[])[]): readonly string[] {
  if (lists.some(list => list.length === 0)) return []
  const [only] = lists
  // A hand-off of a list is not cut: all interfaces of a thousand instances are followed.
  if (lists.length === 1 && only !== undefined) return only.map(value => keyOf([value]))
  return combinations(lists).map(keyOf)
}

/** The values that fields of a chain's steps hand on to later ones, as one text. */
export function handedLater(node: ChainNode, fields: readonly StepField[]): string {
  return fields
    .map(({ step, field }) => {
      const from = nodeAt(node, step)
      return keyOf([keyOf(from === undefined ? [] : [...valuesOf(from.signal, field)].sort())])
    })
    .join('')
}

/** Has an event values that differ from those of the chain's steps? A missing one does not differ. */
export function isApart(node: ChainNode, signal: Signal, differs: readonly ChainLink[]): boolean {
  return differs.every(({ field, to }) => {
    const from = nodeAt(node, to.step)
    const handed = from === undefined ? [] : valuesOf(from.signal, to.field)
    const own = valuesOf(signal, field)
    return handed.length > 0 && own.length > 0 && !own.some(value => handed.includes(value))
  })
}

/** The values by which an event differs from a chain. */
export function differFacts(
  node: ChainNode,
  signal: Signal,
  differs: readonly ChainLink[],
): readonly LinkFact[] {
  return differs.map(({ field, to }) => {
    const from = nodeAt(node, to.step)
    const [unlike = ''] = from === undefined ? [] : valuesOf(from.signal, to.field)
    return { field, step: to.step, toField: to.field, value: valuesOf(signal, field)[0] ?? '', unlike }
  })
}

/** The values that linked an event to a chain. */
export function linkFacts(node: ChainNode, signal: Signal, way: readonly ChainLink[]): readonly LinkFact[] {
  return way.map(({ field, to }) => {
    const from = nodeAt(node, to.step)
    const handed = new Set(from === undefined ? [] : valuesOf(from.signal, to.field))
    const value = valuesOf(signal, field).find(own => handed.has(own)) ?? ''
    return { field, step: to.step, toField: to.field, value }
  })
}

/** Time of the latest of the steps that a step is linked to; without links that of the chain's last step. */
export function baseTime(node: ChainNode, way: readonly ChainLink[]): number {
  let latest = Number.NEGATIVE_INFINITY
  for (const { to } of way) latest = Math.max(latest, nodeAt(node, to.step)?.signal.time ?? latest)
  return latest === Number.NEGATIVE_INFINITY ? node.signal.time : latest
}

export function entityOf(rule: ChainRule, node: ChainNode): GroupValues {
  return rule.entity.map(({ step, field }) => {
    const from = nodeAt(node, step)
    return from === undefined ? undefined : valuesOf(from.signal, field)[0]
  })
}

export function stepFacts(node: ChainNode): readonly StepFact[] {
  return nodesOf(node).map(({ step, signal, links }) => {
    return { step, rule: signal.rule, time: signal.time, id: signal.id, links }
  })
}
