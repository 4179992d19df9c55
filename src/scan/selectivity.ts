import type { JsonObject } from '../core/json.ts'
import { textOf } from '../core/text.ts'
import type { Guard, GuardCost } from './guard.ts'
import { reader } from './read.ts'
import { valueTest } from './value-test.ts'

/** An event and its raw text. */
export interface Sampled {
  readonly event: JsonObject
  readonly text: string
}

/** Rough costs in nanoseconds: to evaluate a rule, to run a test on a value or a container, to read a field. */
const RULE = 200
const TEST = 60
const CONTAINER = 1000
const READ = 40

/** Before any event was seen: names of actions select best, then other texts, then patterns. */
export const expectedCost: GuardCost = guard => {
  switch (guard.kind) {
    case 'text':
      return usual[guard.of.name] ?? 4
    case 'test':
      return 2 * (usual[guard.of.name] ?? 4) + 2
    case 'present':
      return 60
    case 'keyword':
      return 40
  }
}

const usual: { readonly [name: string]: number } = {
  eventName: 1,
  eventSource: 20,
  awsRegion: 50,
  eventType: 50,
}

/** What each guard costs an event, from a sample of events: how often it lets its rule through, and its own upkeep. */
export function measuredCost(sample: readonly Sampled[]): GuardCost {
  const known = new Map<string, number>()
  const fields = new Map<string, FieldSample>()
  return guard => {
    const key = keyOf(guard)
    const cost = known.get(key) ?? measure(guard, sample, fields)
    known.set(key, cost)
    return cost
  }
}

interface FieldSample {
  /** Events in which the field is there. */
  readonly present: number
  /** Lower-case text -> events that have it. */
  readonly texts: ReadonlyMap<string, number>
  /** Share of events whose value was not seen before: what remembering cannot save. */
  readonly fresh: number
  /** Share of events in which it is an object or an array. */
  readonly containers: number
}

function keyOf(guard: Guard): string {
  return JSON.stringify(guard)
}

function measure(guard: Guard, sample: readonly Sampled[], fields: Map<string, FieldSample>): number {
  // Half an event more than was seen: what did not occur yet may still.
  const share = (count: number): number => ((count + 0.5) / (sample.length + 1)) * RULE
  if (guard.kind === 'keyword')
    return share(sample.filter(one => one.text.toLowerCase().includes(guard.text)).length) + 2
  const known = fields.get(guard.of.name) ?? observe(guard, sample)
  fields.set(guard.of.name, known)
  // The action is read in any case; another field is worth it where it selects better.
  const upkeep = guard.of.name === 'eventName' ? 0 : READ
  if (guard.kind === 'present') return share(known.present) + upkeep
  if (guard.kind === 'text') return share(known.texts.get(guard.text) ?? 0) + upkeep
  const read = reader(guard.of)
  const test = valueTest(guard.leaf)
  return (
    share(sample.filter(({ event }) => read(event, test)).length) +
    upkeep +
    known.fresh * TEST +
    known.containers * CONTAINER
  )
}

function observe(guard: Exclude<Guard, { kind: 'keyword' }>, sample: readonly Sampled[]): FieldSample {
  const read = reader(guard.of)
  const texts = new Map<string, number>()
  let present = 0
  let fresh = 0
  let containers = 0
  for (const { event } of sample) {
    let here = false
    read(event, value => {
      here = true
      if (typeof value === 'object' && value !== null) containers++
      const text = textOf(value)?.toLowerCase() ?? ''
      const count = texts.get(text) ?? 0
      if (count === 0) fresh++
      texts.set(text, count + 1)
      return false
    })
    if (here) present++
  }
  const events = Math.max(1, sample.length)
  return { present, texts, fresh: fresh / events, containers: containers / events }
}
