import { BoundedMap } from '../bounded-map.ts'

const DAY = 86_400_000

/** Less past than this says nothing of what is new. */
const LEARNING = DAY
const MINIMUM = 20
/** Hours of the day are known after a week. */
const HOURS_LEARNING = 7 * DAY
/** Buckets and identities; values of one axis of one of them; volumes of a bucket. */
const MOST_SUBJECTS = 100_000
const MOST_VALUES = 1000
const MOST_VOLUMES = 1024
/** Volumes that a percentile takes. */
const LEAST_VOLUMES = 30

/** In what way an event may be new. */
export type Axis = 'identity' | 'destination' | 'network' | 'asn' | 'country' | 'tool' | 'hour'

/** An event as the past is asked about it; what is absent is not known. */
export interface Seen {
  readonly time: number
  readonly bucket: string
  readonly identity: string
  readonly on: { readonly [axis in Axis]?: string }
}

/** What a bucket sees, and what an identity does: the rest of the axes. */
const OF_BUCKET: readonly Axis[] = ['identity', 'destination']
const OF_IDENTITY: readonly Axis[] = ['network', 'asn', 'country', 'tool', 'hour']

export interface News {
  /** `network 198.51.100.0/24` */
  readonly axes: readonly { readonly axis: Axis; readonly value: string }[]
  /** There is enough of a past to say that something is not new. */
  readonly known: boolean
}

interface Past {
  readonly first: number
  count: number
  readonly values: Map<string, number>
  readonly volumes: number[]
}

/** What was there before, by bucket and by identity; of these and of their values those that came first are forgotten first. */
export class History {
  private readonly pasts = new BoundedMap<string, Past>(MOST_SUBJECTS)

  get forgotten(): number {
    return this.pasts.evicted
  }

  /** What is new about an event, before it is added. */
  news({ time, bucket, identity, on }: Seen): News {
    const ofBucket = this.pasts.get(`b ${bucket}`)
    const ofIdentity = this.pasts.get(`i ${identity}`)
    const axes = [
      ...fresh(ofBucket, OF_BUCKET, { time, on }),
      ...fresh(ofIdentity, OF_IDENTITY, { time, on }),
    ]
    return { axes, known: enough(ofBucket, time) && enough(ofIdentity, time) }
  }

  add({ time, bucket, identity, on }: Seen): void {
    put(this.past(`b ${bucket}`, time), OF_BUCKET, { time, on })
    put(this.past(`i ${identity}`, time), OF_IDENTITY, { time, on })
  }

  /** So many bytes went out of a bucket in ten minutes of a session. */
  addVolume(bucket: string, bytes: number, time: number): void {
    const { volumes } = this.past(`b ${bucket}`, time)
    volumes.push(bytes)
    if (volumes.length > MOST_VOLUMES) volumes.shift()
  }

  /** What 99 of 100 earlier volumes of a bucket do not reach; `undefined` if there are too few. */
  usual(bucket: string): { readonly p99: number; readonly median: number; readonly n: number } | undefined {
    const volumes = this.pasts.get(`b ${bucket}`)?.volumes ?? []
    if (volumes.length < LEAST_VOLUMES) return undefined
    const sorted = [...volumes].sort((a, b) => a - b)
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
    return { p99: at(0.99), median: at(0.5), n: sorted.length }
  }

  private past(key: string, time: number): Past {
    const known = this.pasts.get(key)
    if (known !== undefined) return known
    const past: Past = { first: time, count: 0, values: new Map(), volumes: [] }
    this.pasts.set(key, past)
    return past
  }
}

type At = Pick<Seen, 'time' | 'on'>

function enough(past: Past | undefined, time: number): past is Past {
  return past !== undefined && past.count >= MINIMUM && time - past.first >= LEARNING
}

function* fresh(
  past: Past | undefined,
  axes: readonly Axis[],
  { time, on }: At,
): Generator<News['axes'][number]> {
  if (!enough(past, time)) return
  for (const axis of axes) {
    const value = on[axis]
    if (value === undefined || past.values.has(`${axis} ${value}`)) continue
    if (axis === 'hour' && time - past.first < HOURS_LEARNING) continue
    yield { axis, value }
  }
}

function put(past: Past, axes: readonly Axis[], { time, on }: At): void {
  past.count += 1
  for (const axis of axes) {
    const value = on[axis]
    if (value === undefined) continue
    const key = `${axis} ${value}`
    if (past.values.size >= MOST_VALUES && !past.values.has(key)) {
      const [oldest] = past.values.keys()
      if (oldest !== undefined) past.values.delete(oldest)
    }
    past.values.set(key, time)
  }
}
