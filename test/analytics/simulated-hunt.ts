import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Analytic } from '../../src/analytics/analytic.ts'
import type { Label } from '../../src/simulate/labels.ts'
import type { SimulatedFile } from '../../src/simulate/line.ts'
import type { SimulationOptions } from '../../src/simulate/simulate.ts'
import type { Hunted } from '../detect/scans.ts'
import { labelsOf, simulated, trailFiles, trailRecords } from '../simulate/simulated.ts'
import { huntWith } from './hunting.ts'

export interface Simulated extends Hunted {
  readonly labels: readonly Label[]
}

/** What a hunt with the built-in rules and these analytics says of simulated days. */
export async function huntSimulated(
  analytics: readonly Analytic[],
  folder: string,
  {
    seed,
    ids,
    rules = 'builtin',
    flows = false,
    ...more
  }: {
    readonly seed: string
    readonly ids?: readonly string[]
    readonly rules?: 'builtin' | readonly string[]
    /** With flow logs of networks. */
    readonly flows?: boolean
  } & Partial<SimulationOptions>,
): Promise<Simulated> {
  const files = simulated(seed, ids, more)
  mkdirSync(folder, { recursive: true })
  const inputs = fewerFiles(files, flows).map(({ path, text }, number) => {
    const file = join(folder, `${number}-${path.split('/').at(-1)}`)
    writeFileSync(file, text)
    return file
  })
  const context = files
    .filter(({ path }) => path.startsWith('context/'))
    .map(({ path, text }) => ({ file: path.slice('context/'.length), text }))
  const result = await huntWith(analytics, { inputs, context, rules })
  return { ...result, labels: labelsOf(files).scenarios }
}

type LogFile = Pick<SimulatedFile, 'path' | 'text'>

/** One file for the trails and one for the access logs: opening thousands of small ones takes longer than reading them. */
function fewerFiles(files: readonly SimulatedFile[], flows: boolean): readonly LogFile[] {
  const trails = new Set(trailFiles(files))
  const isAccess = ({ path }: SimulatedFile): boolean => path.startsWith('logs/s3-access/')
  const isFlow = ({ path }: SimulatedFile): boolean => /vpcflowlogs|vpc_flows|flow/i.test(path)
  const access = files.filter(isAccess).map(({ text }) => text)
  const others = files.filter(
    file => file.path.startsWith('logs/') && !trails.has(file) && !isAccess(file) && (flows || !isFlow(file)),
  )
  return [
    { path: 'trail.json', text: JSON.stringify({ Records: trailRecords(files) }) },
    ...(access.length === 0 ? [] : [{ path: 'access.log', text: access.join('') }]),
    ...others,
  ]
}
