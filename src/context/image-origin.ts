import { accountVerdict } from './account-verdict.ts'
import type { Provider } from './bucket-verdict.ts'
import type { Context } from './context.ts'
import { imageOwner } from './image-owner.ts'
import { cell, type Row } from './row.ts'
import { VENDORS } from './vendors.ts'
import type { Ownership } from './verdict.ts'

/** An image that was launched or copied, and what the trails tell of it. */
export interface LaunchedImage {
  readonly id: string
  readonly provider?: Provider
  readonly region?: string
  /** UTC ms of the launch. */
  readonly time: number
  /** Owner as an event names it. */
  readonly owner?: string
  /** Its ancestors as the trails show them, its parent first, the root last. */
  readonly lineage?: readonly string[]
  /** A snapshot of another account was used as it was launched (`SharedSnapshotVolumeCreated`). */
  readonly foreignSnapshot?: boolean
}

/** Where an image comes from, approvals apart. */
export interface ImageOrigin {
  readonly verdict: Ownership
  readonly provenance:
    | 'external-derived'
    | 'internal-unapproved'
    | 'vendor'
    | 'external-lookalike'
    | 'external'
    | 'foreign'
    | 'unknown'
  readonly rule:
    | 'lineage-root'
    | 'made-here'
    | 'owner-listed'
    | 'vendor-listed'
    | 'vendor-name'
    | 'shared-gallery'
    | 'owner-not-listed'
    | 'foreign-snapshot'
    | 'owner-unknown'
    | 'no-entry'
  readonly entry?: Row
}

/** The root of its lineage decides, then its owner by event, inventory or id, then the snapshot that was used. */
export function imageOrigin(context: Context, image: LaunchedImage): ImageOrigin {
  const root = image.lineage?.at(-1)
  const { owner: _, ...rest } = image
  const above = root === undefined ? undefined : ownerOrigin(context, { ...rest, id: root })
  if (above?.verdict === 'external' && above.provenance !== 'vendor')
    return { ...above, provenance: 'external-derived', rule: 'lineage-root' }
  if (above !== undefined && above.verdict !== 'unknown')
    return { ...above, verdict: 'internal', provenance: 'internal-unapproved', rule: 'made-here' }
  const own = ownerOrigin(context, image)
  if (own.verdict !== 'unknown' || image.foreignSnapshot !== true) return own
  return { ...own, verdict: 'external', provenance: 'foreign', rule: 'foreign-snapshot' }
}

/** The account or project that owns it, as far as an event, the inventory or the id tells. */
export function ownerOf(context: Context, image: LaunchedImage): string | undefined {
  const entry = entryOf(context, image)
  const byId = imageOwner(image.id)
  return (
    image.owner ?? (entry && cell(entry, 'owner_account')) ?? (byId.kind === 'owner' ? byId.name : undefined)
  )
}

function ownerOrigin(context: Context, image: LaunchedImage): ImageOrigin {
  const entry = entryOf(context, image)
  const origin = (
    verdict: Ownership,
    provenance: ImageOrigin['provenance'],
    rule: ImageOrigin['rule'],
  ): ImageOrigin => ({ verdict, provenance, rule, ...(entry === undefined ? {} : { entry }) })
  if (imageOwner(image.id).kind === 'gallery') return origin('external', 'external', 'shared-gallery')
  const owner = ownerOf(context, image)
  const ours = accountVerdict(context, owner)
  if (ours.verdict === 'internal') return origin('internal', 'internal-unapproved', 'owner-listed')
  const names = [owner, entry && cell(entry, 'owner_alias')]
  if (names.some(name => name !== undefined && isVendor(context, name)))
    return origin('external', 'vendor', 'vendor-listed')
  if (owner === undefined)
    return origin('unknown', 'unknown', entry === undefined ? 'no-entry' : 'owner-unknown')
  if (entry !== undefined && imitates(entry)) return origin('external', 'external-lookalike', 'vendor-name')
  return ours.verdict === 'unknown'
    ? origin('unknown', 'unknown', 'owner-unknown')
    : origin('external', 'external', 'owner-not-listed')
}

/** Names that vendors give their public images: whoever else does so wants to be taken for them. */
const VENDOR_NAMES =
  /^(amzn2?-ami|al2023-ami|ubuntu\/images\/|ubuntu-pro|RHEL[-_]|Windows_Server-|debian-1|suse-sles|bottlerocket-)/i

function imitates(entry: Row): boolean {
  return cell(entry, 'public') === 'true' && VENDOR_NAMES.test(cell(entry, 'name') ?? '')
}

function entryOf(context: Context, { id, provider = 'aws', region }: LaunchedImage): Row | undefined {
  return context.lookups.named('images', 'id', id).find(row => {
    const where = cell(row, 'region')
    const here = where === undefined || region === undefined || where === region
    return here && (cell(row, 'provider') ?? 'aws') === provider
  })
}

function isVendor(context: Context, owner: string): boolean {
  if (context.lookups.named('image_vendors', 'owner', owner).length > 0) return true
  return context.tables.get('image_vendors')?.state === 'missing' && VENDORS.has(owner.toLowerCase())
}
