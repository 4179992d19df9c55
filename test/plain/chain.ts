import type { ChainLink, ChainRule, ChainStep } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'

/** A signal for each step, nothing where a step did not come. */
type Steps = readonly (Signal | undefined)[]

/**
 * Every whole chain that signals make up, by trying all: a required step after the other, each linked and in time, no event
 * twice, and nothing between that had to be absent. Written from the meaning, slowly; shares nothing with the engine but types.
 */
export function wholeChains(rule: ChainRule, signals: readonly Signal[]): readonly Steps[] {
  const from = (chain: Steps): readonly Steps[] => {
    const step = rule.steps[chain.length]
    if (step === undefined) return comesBetween(rule, chain, signals, Number.POSITIVE_INFINITY) ? [] : [chain]
    const without = step.need === 'required' ? [] : from([...chain, undefined])
    if (step.need === 'absent') return without
    const next = signals.filter(
      one => step.rules.includes(one.rule) && follows(rule, step, one, chain, signals),
    )
    return [...without, ...next.flatMap(one => from([...chain, one]))]
  }
  return from([])
}

function follows(
  rule: ChainRule,
  step: ChainStep,
  signal: Signal,
  chain: Steps,
  signals: readonly Signal[],
): boolean {
  const last = chain.findLast(one => one !== undefined)
  if (last === undefined) return true
  if (signal.time < last.time || chain.some(one => one?.id === signal.id)) return false
  if (!linked(step, signal, chain)) return false
  return !comesBetween(rule, chain, signals, signal.time)
}

/** Did something come that had to be absent, since the last step of the chain and up to a time? What is a step of it is none. */
function comesBetween(rule: ChainRule, chain: Steps, signals: readonly Signal[], until: number): boolean {
  const last = chain.findLast(one => one !== undefined)
  if (last === undefined) return false
  const absent = rule.steps.filter(
    ({ need }, place) => need === 'absent' && place > chain.lastIndexOf(last) && place < chain.length,
  )
  return absent.some(step =>
    signals.some(
      one =>
        step.rules.includes(one.rule) &&
        one.time >= last.time &&
        one.time <= until &&
        !chain.some(own => own?.id === one.id) &&
        linked(step, one, chain),
    ),
  )
}

function linked({ links, within }: ChainStep, signal: Signal, chain: Steps): boolean {
  const ways = links.length === 0 ? [[]] : links
  return ways.some(way => agrees(way, signal, chain) && signal.time - baseTime(way, chain) <= within)
}

function agrees(way: readonly ChainLink[], signal: Signal, chain: Steps): boolean {
  return way.every(({ field, to }) => {
    const handed = chain[to.step]?.values[to.field] ?? []
    return (signal.values[field] ?? []).some(value => handed.includes(value))
  })
}

function baseTime(way: readonly ChainLink[], chain: Steps): number {
  const of = way.length === 0 ? chain : way.map(({ to }) => chain[to.step])
  return Math.max(...of.flatMap(one => one?.time ?? []))
}
