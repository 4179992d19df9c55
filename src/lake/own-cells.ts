import { type Json, type JsonObject, member } from '../core/json.ts'
import { type Step, stepsOf } from './steps.ts'
import type { LakeTable } from './tables/table.ts'

/** Reads the fields that a table has columns for out of events. */
export class OwnCells {
  /** The texts of the promoted fields; undefined where there is none. */
  readonly texts: (string | undefined)[]
  /** The table's parts: objects and lists; undefined where there is none. */
  readonly parts: (JsonObject | readonly Json[] | undefined)[]
  /** Fields whose value is no text, or no object or list where one is expected. */
  exceptions: Map<string, Json> | undefined
  private readonly steps: readonly Step[]

  constructor(table: LakeTable) {
    this.texts = table.promoted.map(() => undefined)
    this.parts = table.parts.map(() => undefined)
    this.steps = stepsOf(table)
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
