import type { CorrelationRule } from '../plan/state-rule.ts'
import { groupsOf } from './group-key.ts'
import type { Detection, Signal } from './signal.ts'
import { signalOf } from './state-run.ts'

/** Which signals made which detections: what evidence is gathered by, in a second pass over the same signals. */
export class Contributions {
  private readonly rules: ReadonlyMap<string, CorrelationRule>
  private readonly over = new Map<string, CorrelationRule[]>()
  /** Rule id -> group -> its detections in order of time. */
  private readonly intervals = new Map<string, Map<string, Detection[]>>()
  /** Evidence of a signal, or the name of a detection that was one -> detections. */
  private readonly named = new Map<number | string, Detection[]>()
  private readonly outer = new Map<Detection, readonly Detection[]>()
  /** Rule id -> the times between which it takes part in anything. */
  private readonly times = new Map<string, { from: number; to: number }>()

  constructor(rules: readonly CorrelationRule[], detections: readonly Detection[]) {
    this.rules = new Map(rules.map(rule => [rule.meta.id, rule]))
    for (const rule of rules) for (const base of rule.rules) put(this.over, base, rule)
    for (const detection of detections) this.file(detection)
    for (const detection of detections) this.widen(detection)
    for (const byKey of this.intervals.values())
      for (const list of byKey.values()) list.sort((a, b) => a.from - b.from || a.to - b.to)
  }

  /** May a signal of the rule at the time be a part of anything? Quick to ask. */
  may(rule: string, time: number): boolean {
    const times = this.times.get(rule)
    return times !== undefined && time >= times.from && time <= times.to
  }

  /** The detections that a signal is a part of, also by way of other detections; each once. */
  of(signal: Signal): ReadonlySet<Detection> {
    const found = new Set<Detection>()
    this.collect(this.direct(signal), found)
    return found
  }

  private collect(detections: readonly Detection[], found: Set<Detection>): void {
    for (const detection of detections) {
      if (found.has(detection)) continue
      found.add(detection)
      this.collect(this.outerOf(detection), found)
    }
  }

  private outerOf(detection: Detection): readonly Detection[] {
    const known = this.outer.get(detection)
    if (known !== undefined) return known
    const rule = this.rules.get(detection.rule)
    const outer =
      rule === undefined || !this.over.has(rule.meta.id) ? [] : this.direct(signalOf(rule, detection))
    this.outer.set(detection, outer)
    return outer
  }

  private direct(signal: Signal): readonly Detection[] {
    const rules = this.over.get(signal.rule)
    if (rules === undefined) return []
    const named = this.named.get(signal.evidence < 0 ? signal.id : signal.evidence) ?? []
    const inTime = rules.flatMap(rule => this.inTime(rule, signal))
    return named.length === 0 ? inTime : [...named.filter(({ rule }) => overIt(rules, rule)), ...inTime]
  }

  private inTime(rule: CorrelationRule, signal: Signal): readonly Detection[] {
    const byKey = this.intervals.get(rule.meta.id)
    if (byKey === undefined || (rule.type === 'absence' && !rule.speaking.includes(signal.rule))) return []
    const names = rule.type === 'first_seen' ? [...rule.groupBy, ...rule.field] : rule.groupBy
    return groupsOf(rule, names, signal).flatMap(({ key }) => holding(byKey.get(key) ?? [], signal.time))
  }

  private widen({ rule: id, from, to, signals = [] }: Detection): void {
    const rule = this.rules.get(id)
    const first = Math.min(from, ...signals.map(({ time }) => time))
    const last = Math.max(to, ...signals.map(({ time }) => time))
    for (const base of rule?.rules ?? []) {
      const times = this.times.get(base)
      if (times === undefined) this.times.set(base, { from: first, to: last })
      else {
        times.from = Math.min(times.from, first)
        times.to = Math.max(times.to, last)
      }
    }
  }

  private file(detection: Detection): void {
    for (const { evidence, id } of detection.signals ?? [])
      put(this.named, evidence < 0 ? id : evidence, detection)
    if (detection.facts.kind === 'chain') return
    let byKey = this.intervals.get(detection.rule)
    if (byKey === undefined) {
      byKey = new Map()
      this.intervals.set(detection.rule, byKey)
    }
    put(byKey, detection.key, detection)
  }
}

/** Detections of one group do not overlap, but for their ends. */
function holding(list: readonly Detection[], time: number): readonly Detection[] {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.to ?? time) < time) low = middle + 1
    else high = middle
  }
  const found: Detection[] = []
  for (let at = low; at < list.length; at++) {
    const detection = list[at]
    if (detection === undefined || detection.from > time) break
    if (detection.to >= time) found.push(detection)
  }
  return found
}

function overIt(rules: readonly CorrelationRule[], id: string): boolean {
  return rules.some(({ meta }) => meta.id === id)
}

function put<Key, Item>(table: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = table.get(key)
  if (list === undefined) table.set(key, [item])
  else if (list.at(-1) !== item) list.push(item)
}
