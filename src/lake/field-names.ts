import type { Json, JsonObject } from '../core/json.ts'

/** What was seen under a key. */
interface Node {
  readonly below: Map<string, Node>
  /** Sometimes null, or a number that is not whole. */
  odd: boolean
}

/** Most names kept; logs whose keys are data have no end of them. */
export const MOST_NAMES = 20_000

const ZERO = 0x30
const NINE = 0x39

/** Collects the dotted names of the fields that occur in events; the members of a list share one name. */
export class FieldNames {
  /** Of the event that came last: members of all its objects, as far as they were looked at. */
  members = 0
  /** Of the event that came last: some key begins with a digit. */
  numbered = false
  private readonly root: Node = { below: new Map(), odd: false }
  private readonly dotted = new Set<string>()
  private count = 0

  add(record: JsonObject): void {
    this.members = 0
    this.numbered = false
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

  private namesOf(wanted: (key: string, node: Node) => boolean): readonly string[] {
    const found: string[] = []
    const visit = (node: Node, prefix: string): void => {
      for (const [key, child] of node.below) {
        if (wanted(key, child)) found.push(prefix + key)
        visit(child, `${prefix}${key}.`)
      }
    }
    visit(this.root, '')
    return found.sort()
  }

  private walk(value: Json, node: Node): void {
    if (Array.isArray(value)) {
      for (const member of value as readonly Json[]) {
        if (typeof member === 'object' && member !== null) this.walk(member, node)
      }
      return
    }
    const object = value as JsonObject
    // What JSON.parse makes inherits nothing that can be listed.
    for (const key in object) {
      this.members++
      const first = key.charCodeAt(0)
      if (first <= NINE && first >= ZERO) this.numbered = true
      const child = node.below.get(key) ?? this.child(node, key)
      const member = object[key]
      if (typeof member === 'string' || child === undefined) continue
      if (member === null || (typeof member === 'number' && !Number.isSafeInteger(member))) child.odd = true
      else if (typeof member === 'object') this.walk(member, child)
    }
  }

  private child(node: Node, key: string): Node | undefined {
    if (this.count >= MOST_NAMES) return undefined
    this.count++
    if (node === this.root && key.includes('.')) this.dotted.add(key)
    const child: Node = { below: new Map(), odd: false }
    node.below.set(key, child)
    return child
  }
}
