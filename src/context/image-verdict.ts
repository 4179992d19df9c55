import type { Context } from './context.ts'
import { type ImageOrigin, imageOrigin, type LaunchedImage, ownerOf } from './image-origin.ts'
import { cell, cells, type Row } from './row.ts'
import { type Standing, standing } from './validity.ts'
import { caveats, type Ownership } from './verdict.ts'

export interface ImageVerdict {
  /** Whose it is; an approved image may well be external. */
  readonly verdict: Ownership
  readonly provenance: ImageOrigin['provenance'] | 'approved' | 'approval-expired'
  readonly rule: ImageOrigin['rule'] | 'approved-entry' | 'approval-expired'
  readonly entry?: Row
  /** An approval that names the image and did not hold at the launch. */
  readonly lapsed?: { readonly entry: Row; readonly standing: Exclude<Standing, 'valid'> }
  readonly caveats: readonly string[]
}

/** Whose image it is, where it comes from, and whether its launch was approved at the time. */
export function imageVerdict(context: Context, image: LaunchedImage): ImageVerdict {
  const doubts = caveats(context, ['approved_images', 'images'])
  const origin = imageOrigin(context, image)
  const approvals = approvalsOf(context, image).map(entry => ({ entry, stands: standing(entry, image.time) }))
  const valid = approvals.find(({ stands }) => stands === 'valid')?.entry
  if (valid !== undefined)
    return {
      verdict: origin.verdict,
      provenance: 'approved',
      rule: 'approved-entry',
      entry: valid,
      caveats: doubts,
    }
  const former = approvals.find(({ stands }) => stands === 'expired') ?? approvals[0]
  if (former === undefined || former.stands === 'valid') return { ...origin, caveats: doubts }
  const { entry, stands } = former
  const lapsed = { entry, standing: stands }
  // One that was made after the launch says nothing: where the image comes from decides.
  if (stands === 'retroactive') return { ...origin, lapsed, caveats: doubts }
  const word = 'approval-expired'
  return { verdict: origin.verdict, provenance: word, rule: word, entry, lapsed, caveats: doubts }
}

/** The approvals that name the image. One that asks for an owner or a region approves nothing where that is not known. */
function approvalsOf(context: Context, image: LaunchedImage): readonly Row[] {
  const owner = ownerOf(context, image)?.toLowerCase()
  return context.lookups.named('approved_images', 'image', image.id).filter(row => {
    const owners = cells(row, 'owner_account')
    const regions = cells(row, 'regions')
    if ((cell(row, 'provider') ?? 'aws') !== (image.provider ?? 'aws')) return false
    if (cell(row, 'status') === 'deprecated') return false
    if (owners.length > 0 && (owner === undefined || !owners.includes(owner))) return false
    return regions.length === 0 || (image.region !== undefined && regions.includes(image.region))
  })
}
