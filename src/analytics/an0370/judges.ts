import { type Bucket, bucketVerdict, sensitivity } from '../../context/bucket-verdict.ts'
import type { Context } from '../../context/context.ts'
import type { Geo } from '../../context/geo.ts'
import type { Row } from '../../context/row.ts'
import { BoundedMap } from '../bounded-map.ts'
import { type Decision, decide } from './decide.ts'
import type { Move } from './move.ts'
import { type From, fromOf } from './network.ts'

/** Answers that are kept. */
const MOST = 20_000

/** Asks the inventories once about what comes again and again: buckets, addresses, callers. */
export class Judges {
  private readonly context: Context
  private readonly geo: Geo
  private readonly buckets = new BoundedMap<string, { readonly sensitive?: Row; readonly foreign: boolean }>(
    MOST,
  )
  private readonly networks = new BoundedMap<string, From>(MOST)
  private readonly callers = new BoundedMap<string, Decision>(MOST)

  constructor(context: Context, geo: Geo) {
    this.context = context
    this.geo = geo
  }

  /** What `sensitive_buckets` says of a bucket, and whether it is known to be of somebody else. */
  bucket(bucket: Bucket): { readonly sensitive?: Row; readonly foreign: boolean } {
    const { name, provider = '', account = '' } = bucket
    return kept(this.buckets, `${provider} ${account} ${name}`, () => {
      const sensitive = sensitivity(this.context, bucket)
      const foreign = bucketVerdict(this.context, bucket).verdict === 'external'
      return sensitive === undefined ? { foreign } : { sensitive, foreign }
    })
  }

  from(address: string | undefined): From {
    return kept(this.networks, address ?? '', () => fromOf(this.geo, address))
  }

  /** Where the data of a move goes, and whose that is. */
  decide(move: Move, asn: number | undefined): Decision {
    if (move.destinations.length > 0) return decide(this.context, move, asn)
    return kept(this.callers, callerKey(move, asn), () => decide(this.context, move, asn))
  }
}

/** All that the decision on a caller is made of. */
function callerKey({ event, anonymous, callerAccount, endpoint, credential }: Move, asn = 0): string {
  const { actor, address, userAgent } = event.hit.event
  const { account, type, invokedBy, principal } = actor
  const way = endpoint === undefined ? '' : `${endpoint.id} ${endpoint.account}`
  const who = `${anonymous} ${callerAccount} ${account} ${type} ${invokedBy} ${principal}`
  return `${address}\n${who}\n${way}\n${credential.kind} ${asn}\n${userAgent}`
}

function kept<Value>(map: BoundedMap<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  map.set(key, value)
  return value
}
