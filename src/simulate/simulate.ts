import { type Outcome, ok, Problems, refused } from '../core/diagnostic.ts'
import { nearest } from '../core/nearest.ts'
import { isoTime } from '../core/time.ts'
import { playActs } from './acts.ts'
import { approvals, inventories, yamlOf } from './context-rows.ts'
import { habits } from './habits/habits.ts'
import type { Labels } from './labels.ts'
import type { SimulatedFile } from './line.ts'
import { makeOrganisation } from './organisation/organisation.ts'
import { Packer } from './pack.ts'
import { Random } from './random.ts'
import { Recorder } from './recorder.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { scenarioIds, scenarios } from './scenarios/scenarios.ts'
import { DAY, HOUR } from './span.ts'
import { Targets } from './targets.ts'

export interface SimulationOptions {
  /** Decides everything that the other options leave open. */
  readonly seed: string
  /** The beginning of a day, UTC ms. */
  readonly start: number
  readonly days: number
  /** CloudTrail events of an average day, acts not counted. */
  readonly eventsPerDay: number
  readonly scenarios: readonly Scenario[]
  /** No attacks: their twins, and what is benign by itself. */
  readonly benignOnly: boolean
}

/** The scenarios of these ids, each once and in their order; `all` means all. They must fit into the days. */
export function chooseScenarios(ids: readonly string[], days: number): Outcome<readonly Scenario[]> {
  const problems = new Problems()
  const wanted = new Set(ids.map(id => id.toUpperCase()))
  for (const id of ids) {
    if (id.toLowerCase() === 'all' || scenarioIds.includes(id.toUpperCase())) continue
    const close = nearest(id, scenarioIds)
    const help =
      close === undefined ? `there are ${scenarioIds.join(', ')}, and all` : `did you mean "${close}"?`
    problems.error('simulate/unknown-scenario', `there is no scenario "${id}"`, { help })
  }
  const chosen = scenarios.filter(({ id }) => wanted.has(id) || wanted.has('ALL'))
  const tooLong = chosen.filter(scenario => scenario.days > days)
  if (tooLong.length > 0) {
    const names = tooLong.map(({ id }) => id).join(' and ')
    problems.error('simulate/too-few-days', `${names} cannot be played in so few days`, {
      help: 'take at least 2 days',
    })
  }
  return problems.failed ? refused(problems.list) : ok(chosen)
}

/**
 * Makes the logs, the inventories and approvals, and the labels of an organisation's days, file by file. It holds the
 * events of a few hours, and those of the acts. The same options give the same files.
 */
export function* simulate(options: SimulationOptions): Generator<SimulatedFile> {
  const { start, days, eventsPerDay } = options
  const random = new Random(`simulation ${options.seed}`)
  const organisation = makeOrganisation(random.fork('organisation'))
  const targets = new Targets(organisation)
  const stage = { organisation, targets, random: random.fork('acts'), start, days }
  const played = playActs(options.scenarios, options.benignOnly, stage)
  const tables = { ...inventories(organisation, start), ...approvals(organisation, start, played.approvals) }
  for (const [table, rows] of Object.entries(tables)) yield plain(`context/${table}.yaml`, yamlOf(rows))
  const packer = new Packer(random.fork('files'))
  for (let number = 0; number * HOUR < days * DAY; number++) {
    const hour = { organisation, targets, number, start: start + number * HOUR }
    for (const habit of habits) {
      const recorder = new Recorder(random.fork(`${habit.name}/${number}`), targets)
      habit.run({ ...hour, events: (eventsPerDay / 24) * habit.share }, recorder)
      for (const line of recorder.lines) packer.add(line)
    }
    for (const line of played.lines.get(number) ?? []) packer.add(line)
    yield* packer.before(hour.start + HOUR)
  }
  yield* packer.before(Number.POSITIVE_INFINITY)
  const labels: Labels = {
    seed: options.seed,
    start: isoTime(start),
    days,
    organisation: organisation.id,
    scenarios: played.labels,
  }
  yield plain('labels.json', `${JSON.stringify(labels, null, 1)}\n`)
}

function plain(path: string, text: string): SimulatedFile {
  return { path, text, packed: false }
}
