import { durationText } from '../../core/duration.ts'
import { counted } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { ChainLink, ChainRule, ChainStep } from '../../plan/state-rule.ts'
import { explainDetection } from '../explain.ts'
import { valuesOf } from '../group-key.ts'
import type { Detection, Signal } from '../signal.ts'
import { type Attempt, detectionsOf, groupText, type Tried } from './attempt.ts'

/** Candidates for a missing step of which each is told why it is none. */
const MOST_TOLD = 5

/** Every chain as far as it came, why what could have been its next step is none, and those that were refuted. */
export function chainAttempts(tried: Tried<ChainRule>): readonly Attempt[] {
  const told = detectionsOf(tried, withBroken(tried.rule))
  return [...[...told].sort((a, b) => a.from - b.from).map(one => attempt(tried, one)), ...refuted(tried)]
}

function withBroken(rule: ChainRule): ChainRule {
  return { ...rule, incomplete: { level: 'low', from: 0 } }
}

/** Chains in which something came that must be absent: found where it may come. */
function refuted(tried: Tried<ChainRule>): readonly Attempt[] {
  const { rule, titleOf } = tried
  const absent = rule.steps.flatMap(({ need }, step) => (need === 'absent' ? [step] : []))
  if (absent.length === 0) return []
  const steps = rule.steps.map(step =>
    step.need === 'absent' ? { ...step, need: 'optional' as const } : step,
  )
  const allowing = withBroken({ ...rule, steps })
  return detectionsOf(tried, allowing).flatMap((detection): readonly Attempt[] => {
    const { facts, group } = detection
    const came = facts.kind === 'chain' ? facts.steps.find(({ step }) => absent.includes(step)) : undefined
    if (came === undefined) return []
    const why = `refuted: "${rule.steps[came.step]?.name ?? ''}" must be absent, and came at ${isoTime(came.time)}`
    const lines = [why, ...explainDetection(allowing, detection, titleOf)]
    return [{ group: groupText(rule, group), holds: false, lines }]
  })
}

function attempt(tried: Tried<ChainRule>, detection: Detection): Attempt {
  const { rule, titleOf } = tried
  const missing = detection.facts.kind === 'chain' ? detection.facts.missing : undefined
  const lines = explainDetection(rule, detection, titleOf)
  const group = groupText(rule, detection.group)
  if (missing === undefined) return { group, holds: true, lines }
  return { group, holds: false, lines: [...lines, ...candidates(tried, detection, missing.step)] }
}

/** Events of the missing step after the chain's last, each with the reason why it does not follow. */
function candidates(
  { rule, signals, titleOf }: Tried<ChainRule>,
  { signals: steps = [], facts, to }: Detection,
  missing: number,
): readonly string[] {
  const step = rule.steps[missing]
  if (step === undefined || facts.kind !== 'chain') return []
  const byStep = new Map(facts.steps.map(({ step: number }, place) => [number, steps[place]]))
  const later = signals.filter(signal => step.rules.includes(signal.rule) && signal.time >= to)
  const lines = later.slice(0, MOST_TOLD).map(signal => {
    const why = whyNot(rule, step, signal, byStep)
    return `${isoTime(signal.time)} ${titleOf(signal.rule)} is no "${step.name}" of it: ${why}`
  })
  const rest = later.length - lines.length
  return rest > 0 ? [...lines, `and ${counted(rest, 'other event')}`] : lines
}

type Steps = ReadonlyMap<number, Signal | undefined>

/** The reason by the way that is nearest. */
function whyNot(rule: ChainRule, step: ChainStep, signal: Signal, steps: Steps): string {
  const ways = step.links.length === 0 ? [[]] : step.links
  const reasons = ways.map(way => {
    const unlinked = way.flatMap(link => unequal(rule, link, signal, steps) ?? [])
    const wrong = unlinked.length > 0 ? unlinked : notApart(rule, step, signal, steps)
    return wrong.length > 0 ? wrong : tooLate(step, way, signal, steps)
  })
  const [nearest = []] = reasons.sort((a, b) => a.length - b.length)
  if (nearest.length > 0) return nearest.join(' and ')
  return 'it is a step of another chain, or of this one already'
}

/** The gap counts from the latest of the steps that it is linked to. */
function tooLate(
  { within }: ChainStep,
  way: readonly ChainLink[],
  { time }: Signal,
  steps: Steps,
): readonly string[] {
  const linked = way.length === 0 ? [...steps.values()] : way.map(({ to }) => steps.get(to.step))
  const gap = time - Math.max(...linked.map(one => one?.time ?? Number.NEGATIVE_INFINITY))
  return gap > within ? [`it came ${durationText(gap)} later, and its gap is ${durationText(within)}`] : []
}

function unequal(rule: ChainRule, link: ChainLink, signal: Signal, steps: Steps): string | undefined {
  const [own, handed] = bothOf(link, signal, steps)
  if (own.length === 0) return `it has no ${link.field}`
  if (handed.length === 0) return `${nameOf(rule, link)} is missing`
  if (own.some(value => handed.includes(value))) return undefined
  return `${link.field} = ${few(own)} is not ${few(handed)} = ${nameOf(rule, link)}`
}

function notApart(rule: ChainRule, step: ChainStep, signal: Signal, steps: Steps): readonly string[] {
  return (step.differs ?? []).flatMap(link => {
    const [own, handed] = bothOf(link, signal, steps)
    if (own.length === 0) return [`it has no ${link.field}`]
    if (handed.length === 0) return [`${nameOf(rule, link)} is missing`]
    if (!own.some(value => handed.includes(value))) return []
    return [`${link.field} = ${few(own)} does not differ from ${nameOf(rule, link)}`]
  })
}

function bothOf(
  { field, to }: ChainLink,
  signal: Signal,
  steps: Steps,
): readonly [readonly string[], readonly string[]] {
  const from = steps.get(to.step)
  return [valuesOf(signal, field), from === undefined ? [] : valuesOf(from, to.field)]
}

function nameOf({ steps }: ChainRule, { to }: ChainLink): string {
  return `${to.field} of "${steps[to.step]?.name ?? ''}"`
}

function few(values: readonly string[]): string {
  return values.length > 3 ? `${values.slice(0, 3).join(', ')} …` : values.join(', ')
}
