import type { Finding } from './finding.ts'
import { inOrder } from './order.ts'

/** What findings are counted and put in order by. The rest of it is made when it is asked for. */
export interface FindingHead
  extends Pick<
    Finding,
    'id' | 'rule_id' | 'title' | 'level' | 'attack' | 'first_time' | 'last_time' | 'count' | 'entity'
  > {
  /** The whole finding, made anew each time: whoever lets it go keeps only the head. */
  whole(): Finding
}

/** Findings of which there may be more than fit into memory whole: looping over it makes one after the other. */
export class FindingList implements Iterable<Finding> {
  readonly heads: readonly FindingHead[]
  private readonly release: () => void

  /** @param release gives up what the heads need to make the whole */
  constructor(heads: readonly FindingHead[], release: () => void = () => {}) {
    this.heads = heads
    this.release = release
  }

  get length(): number {
    return this.heads.length
  }

  *[Symbol.iterator](): Generator<Finding> {
    for (const head of this.heads) yield head.whole()
  }

  /** Other heads that are made of these. */
  with(heads: readonly FindingHead[]): FindingList {
    return new FindingList(heads, this.release)
  }

  /** No finding can be made afterwards. */
  close(): void {
    this.release()
  }
}

/** Findings that are there already, in the order given. */
export function listOf(findings: readonly Finding[]): FindingList {
  return new FindingList(findings.map(headOf))
}

/** The head of a finding that is there already. */
function headOf(finding: Finding): FindingHead {
  // Copied one by one: to copy the evidence would be to make it.
  const { id, rule_id, title, level, attack, first_time, last_time, count, entity } = finding
  const head = { id, rule_id, title, level, attack, first_time, last_time, count, entity }
  return { ...head, whole: () => finding }
}

/** All of them, in order; closing it closes them. */
export function merged(...lists: readonly FindingList[]): FindingList {
  const heads = lists.flatMap(list => list.heads)
  return new FindingList(inOrder(heads), () => {
    for (const list of lists) list.close()
  })
}
