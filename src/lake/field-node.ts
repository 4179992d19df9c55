import type { Step } from './steps.ts'

/** Deeper in an event nothing is looked for by bytes. */
const DEEPEST = 64

/** A field that occurs in events: what was seen under it, and where it stands in the event that came last. */
export class FieldNode {
  readonly below = new Map<string, FieldNode>()
  /** Sometimes null, or a number that is not whole. */
  odd = false
  /** What the table has of it. */
  readonly step: Step | undefined
  /**
   * What stands between the opening quote of its key and its value where nothing is spaced out, in bytes; none if its
   * object is printed in another order than it is written in.
   */
  readonly head: Uint8Array
  /** The event that had it last, and where its value begins and ends there. */
  event = 0
  start = 0
  end = 0
  /** The object that had it last. */
  object = 0
  /** Which came first in it the last time, and which came after it. */
  first: FieldNode | undefined
  next: FieldNode | undefined
  private readonly depth: number

  constructor(key: string, depth: number, step: Step | undefined) {
    this.depth = depth
    this.step = step
    const isPlain = depth <= DEEPEST && !/^\d|[^\x00-\x7f]/.test(key)
    this.head = isPlain ? Buffer.from(`${JSON.stringify(key).slice(1)}:`) : NO_BYTES
  }

  /** Adds a field in it. */
  grow(key: string, steps: readonly Step[]): FieldNode {
    const step = steps.find(one => one.key === key)
    const child = new FieldNode(key, this.depth + 1, step)
    this.below.set(key, child)
    return child
  }
}

const NO_BYTES = new Uint8Array(0)
