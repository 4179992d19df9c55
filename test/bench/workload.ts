import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { keyRules } from './key-rules.ts'
import { generatedRules } from './rules.ts'
import { stateRules } from './state-rules.ts'

/** What each measurement runs: `hunt` with these rules over that much data, or the bare floor. */
export const MEASUREMENTS = {
  floor: { data: 'small', rules: 'none' },
  hunt_60: { data: 'small', rules: 'few' },
  hunt_800: { data: 'small', rules: 'many' },
  hunt_800_4m: { data: 'large', rules: 'many' },
  state_100: { data: 'large', rules: 'state', onDemand: true },
  state_keys: { data: 'large', rules: 'keys', onDemand: true },
} as const satisfies { readonly [name: string]: Workload }

interface Workload {
  /** Large is four times small. */
  readonly data: 'small' | 'large'
  readonly rules: 'none' | 'few' | 'many' | 'state' | 'keys'
  /** Runs only if `--only` names it. */
  readonly onDemand?: boolean
}
export type MeasurementName = keyof typeof MEASUREMENTS

const CONTENT = 'content'
const FEW = 60
const MANY = 800
const LAKE = 500

/**
 * Folders of rules: the first 60 of our own, all of our own with as many generated ones as make 800, 100 that
 * remember, one that remembers a million keys, and 500 generated ones for the lake.
 */
export function writeRules(folder: string): {
  readonly few: string
  readonly many: string
  readonly state: string
  readonly keys: string
  readonly lake: string
} {
  const own = builtinFiles()
  const ownText = new Map(own.map(file => [basename(file), readFileSync(file, 'utf8')]))
  const generated = generatedRules(MANY - own.length).map(
    (text, number) => [`generated-${String(number).padStart(3, '0')}.yml`, text] as const,
  )
  return {
    few: fill(join(folder, 'rules-60'), [...ownText].slice(0, FEW)),
    many: fill(join(folder, 'rules-800'), [...ownText, ...generated]),
    state: fill(join(folder, 'rules-state'), [['all.yml', stateRules().join('---\n')]]),
    keys: fill(join(folder, 'rules-keys'), [['all.yml', keyRules().join('---\n')]]),
    lake: fill(join(folder, 'rules-500'), [['all.yml', generatedRules(LAKE).join('---\n')]]),
  }
}

/** The built-in rules over single events of AWS, whose logs are measured, one in each file, in the order of their names; the others have lines of their own. */
function builtinFiles(): readonly string[] {
  const list = readFileSync(join(CONTENT, 'builtin.txt'), 'utf8')
  const names = list.split('\n').filter(name => name.startsWith('aws/'))
  const files = names.sort().map(name => join(CONTENT, name))
  return files.filter(file => !/^(?:correlation|language):/m.test(readFileSync(file, 'utf8')))
}

function fill(folder: string, files: readonly (readonly [name: string, text: string])[]): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  return folder
}

/** Reads every file of a folder once, so that the first measurement finds them as warm as the last. */
export function warm(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) readFileSync(join(entry.parentPath, entry.name))
  }
}
