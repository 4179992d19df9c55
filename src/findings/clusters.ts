import { Cluster, type Shared } from './cluster.ts'

/** Two hits belong together if at most this lies between them, in ms: 24 hours exactly still joins them. */
const LONGEST_GAP = 86_400_000

/**
 * The cluster that a hit at this time belongs to, in a list of clusters in order of time, more than a day
 * apart. The hit may found one, widen one, or be the bridge that makes two into one; so the clusters are
 * the same whatever the order of the hits.
 */
export function clusterAt(clusters: Cluster[], time: number, shared: Shared): Cluster {
  const at = firstEndingFrom(clusters, time - LONGEST_GAP)
  const near = clusters[at]
  if (near === undefined || near.first > time + LONGEST_GAP) {
    const founded = new Cluster(time, shared)
    clusters.splice(at, 0, founded)
    return founded
  }
  const next = clusters[at + 1]
  if (next === undefined || next.first > time + LONGEST_GAP) return near
  const [larger, smaller] = near.count >= next.count ? [near, next] : [next, near]
  larger.absorb(smaller)
  clusters.splice(at, 2, larger)
  return larger
}

/** Place of the first cluster that ends at the time or later. */
function firstEndingFrom(clusters: readonly Cluster[], time: number): number {
  let low = 0
  let high = clusters.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((clusters[middle]?.last ?? time) >= time) high = middle
    else low = middle + 1
  }
  return low
}
