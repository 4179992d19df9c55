import { BoundedMap } from '../bounded-map.ts'

const MOST_PLACES = 200_000
const DAY = 86_400_000
/** What was sent there so many times, give or take a factor, is usual: once is not. */
const OFTEN = 3
const FACTOR = 4

interface Place {
  readonly first: number
  /** The most bytes that machines sent there within windows that are over, the largest first. */
  readonly most: number[]
}

/** Networks outside to which own machines talk, and how much they send there. */
export class Places {
  private readonly window: number
  private readonly places = new BoundedMap<string, Place>(MOST_PLACES)
  /** Machine and network -> bytes in the window under way. */
  private readonly now = new BoundedMap<string, { bin: number; bytes: number; before: number }>(MOST_PLACES)
  private first: number | undefined

  constructor(window: number) {
    this.window = window
  }

  /** Bytes that the machine sent there in this window and the one before it. */
  add(machine: string, network: string, time: number, bytes: number): number {
    this.first ??= time
    const place = this.places.get(network) ?? { first: time, most: [] }
    this.places.set(network, place)
    const key = `${machine} ${network}`
    const bin = Math.floor(time / this.window)
    const now = this.now.get(key)
    if (now?.bin === bin) {
      now.bytes += bytes
      return now.bytes + now.before
    }
    if (now !== undefined) remember(place.most, now.bytes)
    const before = now?.bin === bin - 1 ? now.bytes : 0
    this.now.set(key, { bin, bytes, before })
    return bytes + before
  }

  /** `new`: nobody here talked to it before. `more`: not as much, or not often. `unknown`: the flow logs have too little past to say. */
  news(network: string, time: number, bytes: number): 'new' | 'more' | 'usual' | 'unknown' {
    const place = this.places.get(network)
    const isNew = place === undefined || time - place.first <= this.window
    if (isNew) return this.first === undefined || time - this.first < DAY ? 'unknown' : 'new'
    return bytes > FACTOR * (place.most[OFTEN - 1] ?? 0) ? 'more' : 'usual'
  }
}

function remember(most: number[], bytes: number): void {
  most.push(bytes)
  most.sort((a, b) => b - a)
  most.length = Math.min(most.length, OFTEN)
}
