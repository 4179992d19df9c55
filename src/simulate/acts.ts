import { isoTime } from '../core/time.ts'
import type { Label } from './labels.ts'
import type { LogLine } from './line.ts'
import type { Organisation } from './organisation/types.ts'
import type { Random } from './random.ts'
import { Recorder } from './recorder.ts'
import type { Act, Approval, Scenario } from './scenarios/scenario.ts'
import { DAY, HOUR, SECOND } from './span.ts'
import type { Targets } from './targets.ts'

/** What all acts came to. */
export interface Played {
  readonly labels: readonly Label[]
  /** By the hour of the simulation in which they happen. */
  readonly lines: ReadonlyMap<number, readonly LogLine[]>
  readonly approvals: ReadonlyMap<string, readonly Approval[]>
}

interface Stage {
  readonly organisation: Organisation
  readonly targets: Targets
  readonly random: Random
  /** UTC ms. */
  readonly start: number
  readonly days: number
}

/** Plays every act of the scenarios, each at a time of its own in the last two thirds of the days: before them there is a past. */
export function playActs(scenarios: readonly Scenario[], benignOnly: boolean, stage: Stage): Played {
  const labels: Label[] = []
  const lines = new Map<number, LogLine[]>()
  const approvals = new Map<string, Approval[]>()
  for (const scenario of scenarios) {
    for (const act of scenario.acts) {
      if (benignOnly && act.kind === 'attack') continue
      const { label, recorder } = playAct(scenario, act, stage, approvals)
      labels.push(label)
      for (const line of recorder.lines) push(lines, Math.floor((line.time - stage.start) / HOUR), line)
    }
  }
  return { labels, lines, approvals }
}

function playAct(
  scenario: Scenario,
  act: Act,
  stage: Stage,
  approvals: Map<string, Approval[]>,
): { readonly label: Label; readonly recorder: Recorder } {
  const random = stage.random.fork(`${scenario.id}/${act.name}`)
  const recorder = new Recorder(random.fork('events'), stage.targets)
  const facts = act.play({
    organisation: stage.organisation,
    targets: stage.targets,
    recorder,
    time: timeOf(scenario, stage, random),
    approve: (table, approval) => push(approvals, table, approval),
  })
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const { time } of recorder.lines) {
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  const label: Label = {
    scenario: scenario.id,
    analytic: scenario.analytic,
    act: act.name,
    kind: act.kind,
    expected: act.expected,
    from: isoTime(Math.floor(from / SECOND) * SECOND),
    to: isoTime(Math.ceil(to / SECOND) * SECOND),
    ...facts,
    event_ids: recorder.eventIds,
  }
  return { label, recorder }
}

/** By day, and on a working day if there is one. */
function timeOf(scenario: Scenario, { start, days }: Stage, random: Random): number {
  const last = days - scenario.days
  const first = Math.min(Math.ceil(days / 3), last)
  const all = Array.from({ length: last - first + 1 }, (_, index) => start + (first + index) * DAY)
  const working = all.filter(day => new Date(day).getUTCDay() % 6 !== 0)
  return random.pick(working.length > 0 ? working : all) + random.whole(9 * 3600, 15 * 3600) * SECOND
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
