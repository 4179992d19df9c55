import type { Json, JsonObject } from '../core/json.ts'

/** A key, and what keys were seen below it. */
interface Node {
  readonly children: Map<string, Node>
}

/** Most names kept; logs whose keys are data have no end of them. */
const MOST = 20_000

/** Collects the dotted names of the fields that occur in events; the members of a list share one name. */
export class FieldNames {
  private readonly root: Node = { children: new Map() }
  private count = 0

  add(record: JsonObject): void {
    this.walk(record, this.root)
  }

  /** Sorted. */
  names(): readonly string[] {
    const found: string[] = []
    const visit = (node: Node, prefix: string): void => {
      for (const [key, child] of node.children) {
        found.push(prefix + key)
        visit(child, `${prefix}${key}.`)
      }
    }
    visit(this.root, '')
    return found.sort()
  }

  private walk(value: Json, node: Node): void {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const member of value) this.walk(member, node)
      return
    }
    for (const [key, member] of Object.entries(value)) {
      const child = this.child(node, key)
      if (child !== undefined) this.walk(member, child)
    }
  }

  private child(node: Node, key: string): Node | undefined {
    const known = node.children.get(key)
    if (known !== undefined || this.count >= MOST) return known
    this.count++
    const child: Node = { children: new Map() }
    node.children.set(key, child)
    return child
  }
}
