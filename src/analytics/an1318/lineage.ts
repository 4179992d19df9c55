import { type AnalyticEvent, all, first } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'

/** How an image came to be, as the trail shows it. */
export interface Making {
  /** `CreateImage`, `CopyImage` … */
  readonly action: string
  readonly time: number
  readonly event: AnalyticEvent
  /** The image that it was made of, if that is known. */
  readonly parent?: string
  /** What it was made of, in words. */
  readonly of: string
}

const MOST = 200_000
/** Images that are followed back. */
const DEPTH = 20

/** Images made of images: by machines, copies, and snapshots. */
export class Lineage {
  private readonly made = new BoundedMap<string, Making>(MOST)
  /** Snapshot -> the snapshot that it was copied of. */
  private readonly copies = new BoundedMap<string, string>(MOST)
  /** Snapshot -> the image whose machine it was made of. */
  private readonly ofMachine = new BoundedMap<string, string>(MOST)

  /** @param imageOf image of a machine */
  take(event: AnalyticEvent, imageOf: (instance: string) => string | undefined): void {
    const { action = '', outcome } = event.hit.event
    if (outcome === 'denied') return
    const snapshot = first(event, 'responseElements.snapshotId')
    if (snapshot !== undefined) {
      const source = first(event, 'requestParameters.sourceSnapshotId')
      const instance = first(event, 'requestParameters.instanceId')
      const parent = instance === undefined ? undefined : imageOf(instance)
      if (source !== undefined) this.copies.set(snapshot, source)
      if (parent !== undefined) this.ofMachine.set(snapshot, parent)
    }
    const image = first(event, 'responseElements.imageId')
    if (image === undefined) return
    this.made.set(image, { action, time: event.time, event, ...this.originOf(event, imageOf) })
  }

  /** How an image and its ancestors were made, as far as the trail shows it. */
  makings(image: string): readonly Making[] {
    return [image, ...this.ancestors(image)].flatMap(one => this.made.get(one) ?? [])
  }

  /** The ancestors of an image, its parent first. */
  ancestors(image: string): readonly string[] {
    const found: string[] = []
    let child = image
    while (found.length < DEPTH) {
      const parent = this.made.get(child)?.parent
      if (parent === undefined || parent === image || found.includes(parent)) break
      found.push(parent)
      child = parent
    }
    return found
  }

  get evicted(): number {
    return this.made.evicted
  }

  private originOf(
    event: AnalyticEvent,
    imageOf: (instance: string) => string | undefined,
  ): Pick<Making, 'parent' | 'of'> {
    const source = first(event, 'requestParameters.sourceImageId')
    if (source !== undefined) return { parent: source, of: `image ${source}` }
    const instance = first(event, 'requestParameters.instanceId')
    if (instance !== undefined) {
      const parent = imageOf(instance)
      return { of: `machine ${instance}`, ...(parent === undefined ? {} : { parent }) }
    }
    const snapshots = all(event, 'requestParameters.blockDeviceMapping.items.ebs.snapshotId')
    const parent = snapshots.flatMap(snapshot => this.imageOfSnapshot(snapshot) ?? [])[0]
    const of = snapshots.length === 0 ? 'a disk from outside' : `snapshot ${snapshots.join(', ')}`
    return { of, ...(parent === undefined ? {} : { parent }) }
  }

  private imageOfSnapshot(snapshot: string): string | undefined {
    let from = snapshot
    for (let depth = 0; depth < DEPTH; depth++) {
      const image = this.ofMachine.get(from)
      if (image !== undefined) return image
      const source = this.copies.get(from)
      if (source === undefined) return undefined
      from = source
    }
    return undefined
  }
}
