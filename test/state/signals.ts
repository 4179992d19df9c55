import { deserialize, serialize } from 'node:v8'
import { linkSigma } from '../../src/lang/sigma/link.ts'
import { parseSigma } from '../../src/lang/sigma/parse.ts'
import type { CorrelationRule } from '../../src/plan/state-rule.ts'
import type { Detection, Signal } from '../../src/state/signal.ts'
import { compareSignals, StateRun } from '../../src/state/state-run.ts'

/** A signal with one value or several for each field. */
export function signal(
  rule: string,
  seconds: number,
  values: Readonly<Record<string, string | readonly string[]>> = {},
  id = `${rule}-${seconds}`,
): Signal {
  const lists = Object.entries(values).map(([field, value]) => [
    field,
    typeof value === 'string' ? [value] : value,
  ])
  return { rule, time: seconds * 1000, id, values: Object.fromEntries(lists), evidence: seconds }
}

/** A rule of the text under `correlation`, over rules with the ids a, b, c and d. */
export function stateRule<Type extends CorrelationRule['type']>(
  type: Type,
  lines: string,
  more = '',
): Extract<CorrelationRule, { readonly type: Type }> {
  const bases = ['a', 'b', 'c', 'd'].map(
    id =>
      `title: Base ${id}\nid: ${id}\nlevel: low\nlogsource: {product: aws}\ndetection: {sel: {x: ${id}}, condition: sel}\n---\n`,
  )
  const body = `type: ${type}\n${lines}`.replace(/^(?=.)/gm, '  ')
  const text = `${bases.join('')}title: Over\nid: over\nlevel: high\ncorrelation:\n${body}\n${more}`
  const linked = linkSigma(parseSigma(text, { file: 'rule.yml' }))
  const over = linked.find(one => one.kind === 'rule' && one.rule.meta.id === 'over')
  if (over?.kind !== 'rule') throw new Error(JSON.stringify(linked.flatMap(one => one.problems)))
  return over.rule as Extract<CorrelationRule, { readonly type: Type }>
}

export interface RunOptions {
  readonly observable?: (rule: string) => boolean
  readonly end?: number
  readonly most?: number
  /** After how many times to save everything and go on with what was saved. */
  readonly restoreAfter?: number
}

/** All detections of rules over signals in any order, in order of time. */
export function detect(
  rules: readonly CorrelationRule[],
  signals: readonly Signal[],
  { observable = () => true, end, most, restoreAfter }: RunOptions = {},
): readonly Detection[] {
  const detections: Detection[] = []
  const options = {
    rules,
    observable,
    found: (detection: Detection) => detections.push(detection),
    ...(most === undefined ? {} : { most }),
  }
  let run = new StateRun(options)
  const times = instants(signals)
  times.forEach(([time, now], place) => {
    if (place === restoreAfter)
      run = new StateRun({ ...options, saved: deserialize(serialize(run.snapshot())) })
    run.take(time, now)
  })
  run.finish((end ?? 0) * 1000)
  return inOrder(detections)
}

/** Signals by time, those of one time in order of their ids. */
export function instants(signals: readonly Signal[]): readonly (readonly [number, readonly Signal[]])[] {
  const byTime = new Map<number, Signal[]>()
  for (const one of [...signals].sort(compareSignals))
    byTime.set(one.time, [...(byTime.get(one.time) ?? []), one])
  return [...byTime]
}

export function inOrder(detections: readonly Detection[]): readonly Detection[] {
  const text = (detection: Detection): string => JSON.stringify([detection.time, detection])
  return [...detections].sort((a, b) => a.time - b.time || (text(a) < text(b) ? -1 : 1))
}
