import type { Labels } from '../../src/simulate/labels.ts'
import type { SimulatedFile } from '../../src/simulate/line.ts'
import { chooseScenarios, type SimulationOptions, simulate } from '../../src/simulate/simulate.ts'

/** A Monday. */
export const START = Date.UTC(2026, 2, 2)

/** The files of a small simulation with every scenario, or with what is asked for. */
export function simulated(
  seed: string,
  ids: readonly string[] = ['all'],
  more: Partial<SimulationOptions> = {},
): readonly SimulatedFile[] {
  const options = { seed, start: START, days: 2, eventsPerDay: 500, benignOnly: false, ...more }
  const scenarios = chooseScenarios(ids, options.days)
  if (!scenarios.ok) throw new Error(JSON.stringify(scenarios.problems))
  return [...simulate({ ...options, scenarios: scenarios.value })]
}

export interface TrailRecord {
  readonly [member: string]: unknown
  readonly eventID: string
  readonly eventName: string
  readonly eventTime: string
  readonly recipientAccountId: string
  readonly awsRegion: string
  readonly sourceIPAddress: string
  readonly userAgent: string
}

/** Every record of every file of a trail. */
export function trailRecords(files: readonly SimulatedFile[]): readonly TrailRecord[] {
  return trailFiles(files).flatMap(({ text }) => JSON.parse(text).Records)
}

export function trailFiles(files: readonly SimulatedFile[]): readonly SimulatedFile[] {
  return files.filter(({ path }) => path.includes('/CloudTrail/'))
}

export function labelsOf(files: readonly SimulatedFile[]): Labels {
  return JSON.parse(files.find(({ path }) => path === 'labels.json')?.text ?? '')
}

/** Lines of all files whose path has this in it, without headers. */
export function linesOf(files: readonly SimulatedFile[], part: string): readonly string[] {
  const found = files.filter(({ path }) => path.includes(part))
  return found
    .flatMap(({ text }) => text.split('\n'))
    .filter(line => line !== '' && !line.startsWith('version '))
}
