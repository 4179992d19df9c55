import type { Json, JsonObject } from '../core/json.ts'
import { FieldNode } from './field-node.ts'
import { type Step, stepsOf } from './steps.ts'
import type { LakeTable } from './tables/table.ts'

/** A column of the table's own, and the field that it is for once that occurred. */
interface OwnField {
  readonly part: boolean
  node: FieldNode | undefined
}

/** Most names kept; logs whose keys are data have no end of them. */
export const MOST_NAMES = 20_000

/** Collects the dotted names of the fields that occur in events; the members of a list share one name. */
export class FieldNames {
  /** All of them as a tree. */
  readonly root = new FieldNode('', 0, undefined)
  /** Those that the table has columns for, in the order of these. */
  readonly own: readonly OwnField[]
  private readonly steps: readonly Step[]
  private readonly parts: number
  private readonly dotted = new Set<string>()
  private count = 0

  constructor(table: LakeTable) {
    this.steps = stepsOf(table)
    this.parts = table.promoted.length
    this.own = [
      ...table.promoted.map((): OwnField => ({ part: false, node: undefined })),
      ...table.parts.map((): OwnField => ({ part: true, node: undefined })),
    ]
  }

  add(record: JsonObject): void {
    this.walk(record, this.root)
  }

  /** Sorted. */
  names(): readonly string[] {
    return this.namesOf(() => true)
  }

  /** Sorted; those whose own key has a dot, at whatever depth. */
  dottedNames(): readonly string[] {
    return this.namesOf(key => key.includes('.'))
  }

  /** Sorted; those that are sometimes null, or a number that is not whole or too large for a double to hold exactly. */
  oddNames(): readonly string[] {
    return this.namesOf((_, { odd }) => odd)
  }

  /** Keys of events, not of what is in them, that have a dot. */
  dottedKeys(): readonly string[] {
    return [...this.dotted].sort()
  }

  private namesOf(wanted: (key: string, node: FieldNode) => boolean): readonly string[] {
    const found: string[] = []
    const visit = (node: FieldNode, prefix: string): void => {
      for (const [key, child] of node.below) {
        if (wanted(key, child)) found.push(prefix + key)
        visit(child, `${prefix}${key}.`)
      }
    }
    visit(this.root, '')
    return found.sort()
  }

  private walk(value: Json, node: FieldNode): void {
    if (Array.isArray(value)) {
      for (const member of value as readonly Json[]) {
        if (typeof member === 'object' && member !== null) this.walk(member, node)
      }
      return
    }
    const object = value as JsonObject
    // What JSON.parse makes inherits nothing that can be listed.
    for (const key in object) {
      const child = node.below.get(key) ?? this.child(node, key)
      const member = object[key]
      if (typeof member === 'string' || child === undefined) continue
      if (member === null || (typeof member === 'number' && !Number.isSafeInteger(member))) child.odd = true
      else if (typeof member === 'object') this.walk(member, child)
    }
  }

  private child(node: FieldNode, key: string): FieldNode | undefined {
    if (this.count >= MOST_NAMES) return undefined
    this.count++
    if (node === this.root && key.includes('.')) this.dotted.add(key)
    const child = node.grow(key, node === this.root ? this.steps : (node.step?.below ?? []))
    const { promoted = -1, part = -1 } = child.step ?? {}
    const own = this.own[promoted >= 0 ? promoted : part < 0 ? -1 : this.parts + part]
    if (own !== undefined) own.node = child
    return child
  }
}
