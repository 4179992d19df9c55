import { Cluster, type Shared } from './cluster.ts'

/** Times that belong together, UTC ms, both ends included. */
export interface Reach {
  readonly from: number
  readonly to: number
}

/** Two hits belong together if at most this lies between them, in ms: 24 hours exactly still joins them. */
const LONGEST_GAP = 86_400_000

/**
 * The cluster that a hit at this time belongs to, in a list of clusters in order of time, more than a day
 * apart. A hit that is a part of something longer reaches as far as that. It may found one, widen one, or be the
 * bridge that makes one of several; so the clusters are the same whatever the order of the hits.
 */
export function clusterAt(
  clusters: Cluster[],
  time: number,
  shared: Shared,
  { from, to }: Reach = { from: time, to: time },
): Cluster {
  const at = firstEndingFrom(clusters, from - LONGEST_GAP)
  const near = clusters[at]
  if (near === undefined || near.from > to + LONGEST_GAP) {
    const founded = new Cluster(time, shared)
    founded.reach(from, to)
    clusters.splice(at, 0, founded)
    return founded
  }
  let largest = near
  let end = at + 1
  for (
    let next = clusters[end];
    next !== undefined && next.from <= to + LONGEST_GAP;
    next = clusters[++end]
  ) {
    const [larger, smaller] = largest.count >= next.count ? [largest, next] : [next, largest]
    larger.absorb(smaller)
    largest = larger
  }
  if (end > at + 1) clusters.splice(at, end - at, largest)
  largest.reach(from, to)
  return largest
}

/** Place of the first cluster that reaches up to the time or later. */
function firstEndingFrom(clusters: readonly Cluster[], time: number): number {
  let low = 0
  let high = clusters.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((clusters[middle]?.to ?? time) >= time) high = middle
    else low = middle + 1
  }
  return low
}
