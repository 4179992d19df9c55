import { type Json, type JsonObject, member } from '../core/json.ts'
import type { LakeTable } from './tables/table.ts'

/** A field with a column of its own, or an object on the way to some. */
interface Step {
  readonly key: string
  /** An object has something of that name without being told. */
  readonly inherited: boolean
  readonly name: string
  /** Which of the table's promoted fields it is, and which of its parts; negative for none. */
  readonly promoted: number
  readonly part: number
  readonly below: readonly Step[]
}

/** Reads the fields that a table has columns for out of events. */
export class OwnCells {
  /** The texts of the promoted fields; undefined where there is none. */
  readonly texts: (string | undefined)[]
  /** The table's parts: objects and lists; undefined where there is none. */
  readonly parts: (JsonObject | readonly Json[] | undefined)[]
  /** Fields whose value is no text, or no object or list where one is expected. */
  exceptions: Map<string, Json> | undefined
  private readonly steps: readonly Step[]

  constructor({ promoted, parts }: LakeTable) {
    this.texts = promoted.map(() => undefined)
    this.parts = parts.map(() => undefined)
    this.steps = stepsOf([
      ...promoted.map(({ path, name }, place) => ({ path, name, promoted: place, part: -1 })),
      ...parts.map(({ path, name }, place) => ({ path, name, promoted: -1, part: place })),
    ])
  }

  read(record: JsonObject): void {
    this.texts.fill(undefined)
    this.parts.fill(undefined)
    this.exceptions = undefined
    this.walk(record, this.steps)
  }

  private walk(object: JsonObject, steps: readonly Step[]): void {
    for (const step of steps) {
      const value = step.inherited ? member(object, step.key) : object[step.key]
      if (value === undefined) continue
      if (step.promoted >= 0) {
        if (typeof value === 'string') this.texts[step.promoted] = value
        else this.except(step.name, value)
      }
      if (step.part >= 0) {
        if (typeof value !== 'object') this.except(step.name, value)
        else if (value !== null) this.parts[step.part] = value
      }
      if (step.below.length === 0 || typeof value !== 'object' || value === null) continue
      if (Array.isArray(value)) this.inList(step.below)
      else this.walk(value as JsonObject, step.below)
    }
  }

  private inList(steps: readonly Step[]): void {
    for (const { promoted, part, name, below } of steps) {
      if (promoted >= 0 || part >= 0) this.except(name, IN_A_LIST)
      this.inList(below)
    }
  }

  private except(name: string, value: Json): void {
    this.exceptions ??= new Map()
    this.exceptions.set(name, value)
  }
}

/** Stands for what a path leads to through a list: no one value, so it reads as an empty object, which is none. */
const IN_A_LIST: Json = {}

type Wanted = Pick<Step, 'name' | 'promoted' | 'part'> & { readonly path: readonly string[] }

function stepsOf(wanted: readonly Wanted[], depth = 0): readonly Step[] {
  const keys = [...new Set(wanted.flatMap(({ path }) => path[depth] ?? []))]
  return keys.map(key => {
    const through = wanted.filter(({ path }) => path[depth] === key)
    const here = through.filter(({ path }) => path.length === depth + 1)
    return {
      key,
      inherited: key in Object.prototype,
      name: here[0]?.name ?? '',
      promoted: here.find(({ promoted }) => promoted >= 0)?.promoted ?? -1,
      part: here.find(({ part }) => part >= 0)?.part ?? -1,
      below: stepsOf(through, depth + 1),
    }
  })
}
