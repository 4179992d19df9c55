import { BoundedMap } from '../bounded-map.ts'
import type { Chain } from './chain.ts'
import type { Launch } from './launch.ts'

interface Recent {
  readonly time: number
  readonly chain: Chain | undefined
  /** Disks that may still be told of: one for each machine. */
  left: number
}

const MINUTE = 60_000
const MOST_PLACES = 100_000
const MOST_A_PLACE = 50

/**
 * Launches of the last minute by account and region. That a disk was made of a foreign snapshot is told without naming the
 * machine: it is of the latest launch before.
 */
export class RecentLaunches {
  private readonly byPlace = new BoundedMap<string, readonly Recent[]>(MOST_PLACES)

  /** @param chain if the image is in doubt */
  add({ event, machines }: Launch, chain?: Chain): void {
    const { account, region } = event.hit.event
    const place = `${account} ${region}`
    const recent = (this.byPlace.get(place) ?? []).filter(({ time }) => event.time - time <= MINUTE)
    const launch = { time: event.time, chain, left: Math.max(1, machines.length) }
    this.byPlace.set(place, [...recent.slice(1 - MOST_A_PLACE), launch])
  }

  /** The chain of the launch that a disk made now is of, if its image is in doubt. */
  of(place: string, time: number): Chain | undefined {
    const launch = (this.byPlace.get(place) ?? []).findLast(one => one.left > 0 && time - one.time <= MINUTE)
    if (launch === undefined) return undefined
    launch.left--
    return launch.chain
  }
}
