/** What the reason codes of verdicts mean, for who reads a finding. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['blocked', 'it is in blocked_destinations'],
  ['listed-own', 'an inventory has it as ours'],
  ['listed-partner', "an inventory has it as a partner's"],
  ['not-listed', 'no inventory has it'],
  ['owner-listed', 'its owner is in an inventory as ours'],
  ['owner-partner', "its owner is in an inventory as a partner's"],
  ['owner-not-listed', 'no inventory has its owner'],
  ['owner-unknown', 'neither the event nor an inventory tells whose it is'],
  ['anonymous', 'the caller has no credentials'],
  ['private-address', 'nobody on the internet has such an address'],
  ['public-address', 'a public address that is not in owned_networks'],
  ['cloud-unowned', "a cloud provider's address that is not in owned_networks"],
  ['provider-service', 'a service of the cloud acts for us'],
  ['provider-console', "the provider's console"],
  ['provider-internal-address', 'an address within the cloud'],
  ['no-value', 'the event does not tell'],
  ['not-an-address', 'it is no address'],
  ['no-inventory', 'the inventory that would tell was not given'],
  ['empty-inventory', 'the inventory that would tell is empty'],
  ['everyone', 'anybody may have it'],
  ['full-match', 'all is as approved'],
  ['deviates', 'not all is as approved'],
  ['attributes-unknown', 'the log does not tell all that the entry asks for'],
  ['no-time', 'the event has no time'],
  ['expired', 'the approval had expired'],
  ['retroactive', 'the approval was made afterwards'],
  ['no-match', 'no entry of approved_transfers is about this identity, source and destination'],
  ['no-registry', 'approved_transfers was not given'],
  ['empty-registry', 'approved_transfers is empty'],
  ['lineage-root', 'made of an image of somebody else'],
  ['made-here', 'made here, of an own or a vendor image'],
  ['vendor-listed', 'its owner is a vendor that is listed'],
  ['vendor-name', 'it has the name of a vendor, and another owner'],
  ['shared-gallery', 'of a gallery that others share'],
  ['foreign-snapshot', 'its snapshot is of another account'],
  ['no-entry', 'neither the trail nor an inventory tells whose it is'],
  ['approved-entry', 'approved at the time'],
  ['approval-expired', 'its approval had expired'],
])

/** `public-address: a public address that is not in owned_networks` */
export function codeText(code: string): string {
  const known = MEANINGS.get(code) ?? MEANINGS.get(code.replace(/^(caller|endpoint)-/, ''))
  return known === undefined ? code : `${code}: ${known}`
}
