/** What the id of an image tells of its owner. */
export type ImageOwner =
  | { readonly kind: 'owner'; readonly name: string }
  /** It is shared by somebody who is not named, in a gallery for everybody or for other tenants. */
  | { readonly kind: 'gallery' }
  | { readonly kind: 'unknown' }

/**
 * Azure names a subscription, a gallery or `publisher:offer:sku:version`, Google Cloud a project; the id of an AMI tells
 * nothing.
 */
export function imageOwner(id: string): ImageOwner {
  if (/\/(?:communityGalleries|sharedGalleries)\//i.test(id)) return { kind: 'gallery' }
  const subscription = /^\/subscriptions\/([0-9a-f-]{36})\//i.exec(id)?.[1]
  const project = /(?:^|\/)projects\/([^/]+)\/global\/images\//.exec(id)?.[1]
  const publisher = /^([^/:]+):[^/:]+:[^/:]+(?::[^/:]+)?$/.exec(id)?.[1]
  const name = subscription?.toLowerCase() ?? project ?? publisher
  return name === undefined ? { kind: 'unknown' } : { kind: 'owner', name }
}
