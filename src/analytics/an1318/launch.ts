import { type AnalyticEvent, all, first } from '../analytic.ts'

export type Provider = 'aws' | 'azure' | 'gcp'

/** A launch of machines, in the words that all clouds share. */
export interface Launch {
  readonly provider: Provider
  readonly event: AnalyticEvent
  readonly image?: string
  /** Why there is no image, or where it was found if not in the request. */
  readonly imageFrom: string
  readonly machines: readonly Machine[]
  /** The network, as its flow log names it. */
  readonly network?: string
  /** A template, group or fleet, that launched it for somebody. */
  readonly launchers: readonly string[]
  readonly userData: boolean
  /** The id of an application that acts for somebody. */
  readonly application?: string
}

export interface Machine {
  readonly id: string
  readonly interfaces: readonly string[]
  readonly addresses: readonly string[]
}

const ITEMS = 'responseElements.instancesSet.items'

/** A launch on AWS that succeeded: the response names the machines, and always the image. */
export function awsLaunch(event: AnalyticEvent): Launch | undefined {
  const ids = all(event, `${ITEMS}.instanceId`)
  if (event.hit.event.outcome === 'denied' || ids.length === 0) return undefined
  const asked = first(event, 'requestParameters.instancesSet.items.imageId')
  const image = first(event, `${ITEMS}.imageId`) ?? asked
  const template =
    first(event, 'requestParameters.launchTemplate.launchTemplateId') ??
    first(event, 'requestParameters.launchTemplate.launchTemplateName')
  const network = first(event, `${ITEMS}.vpcId`)
  return {
    provider: 'aws',
    event,
    ...(image === undefined ? {} : { image }),
    imageFrom:
      asked === undefined
        ? `named by the response${template === undefined ? '' : `, of template ${template}`}`
        : '',
    machines: machinesOf(event, ids),
    ...(network === undefined ? {} : { network }),
    launchers: [...(template === undefined ? [] : [template]), ...tagged(event)],
    userData: first(event, 'requestParameters.userData') !== undefined,
  }
}

/** Each machine with its own interface and address where there are as many of these; else all of them with all. */
function machinesOf(event: AnalyticEvent, ids: readonly string[]): readonly Machine[] {
  const interfaces = all(event, `${ITEMS}.networkInterfaceSet.items.networkInterfaceId`)
  const addresses = [
    ...new Set([
      ...all(event, `${ITEMS}.privateIpAddress`),
      ...all(event, `${ITEMS}.networkInterfaceSet.items.privateIpAddressesSet.item.privateIpAddress`),
    ]),
  ]
  const own = (list: readonly string[], place: number): readonly string[] =>
    list.length === ids.length ? list.slice(place, place + 1) : list
  return ids.map((id, place) => ({
    id,
    interfaces: own(interfaces, place),
    addresses: own(addresses, place),
  }))
}

const LAUNCHER_TAGS: ReadonlySet<string> = new Set([
  'aws:autoscaling:groupName',
  'aws:ec2:fleet-id',
  'aws:ec2launchtemplate:id',
])

/** Values of tags that tell which group or fleet a machine belongs to. */
function tagged(event: AnalyticEvent): readonly string[] {
  const keys = all(event, 'requestParameters.tagSpecificationSet.items.tags.key')
  if (!keys.some(key => LAUNCHER_TAGS.has(key))) return []
  return all(event, 'requestParameters.tagSpecificationSet.items.tags.value')
}

/** A launch on Google Cloud. Only the first of the two entries of an operation names the image. */
export function gcpLaunch(event: AnalyticEvent): Launch | undefined {
  const [, project, zone, machine] =
    /projects\/([^/]+)\/zones\/([^/]+)\/instances\/([^/]+)/.exec(
      first(event, 'protoPayload.resourceName') ?? '',
    ) ?? []
  const image = first(event, 'protoPayload.request.disks.initializeParams.sourceImage')
  if (event.hit.event.outcome === 'denied' || image === undefined || machine === undefined) return undefined
  return {
    provider: 'gcp',
    event,
    image,
    imageFrom: '',
    machines: [{ id: `${project}/${zone}/${machine}`, interfaces: [], addresses: [] }],
    ...(project === undefined ? {} : { network: project }),
    launchers: [],
    userData: false,
  }
}

/** A launch on Azure. Only some exports have the body of the request; without it nobody knows the image. */
export function azureLaunch(event: AnalyticEvent): Launch | undefined {
  const resource = ['resourceId', 'ResourceId', '_ResourceId'].flatMap(name => all(event, name))[0] ?? ''
  const [, subscription, group, machine] =
    /\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.*\/virtualMachines\/([^/]+)$/i.exec(resource) ?? []
  const body = [...event.values].find(([name]) => /requestbody$/i.test(name))?.[1][0]
  const image = body === undefined ? undefined : imageOfBody(body)
  if (event.hit.event.outcome === 'denied' || machine === undefined || image === undefined) return undefined
  const application = [...event.values].find(([name]) => name.endsWith('appid'))?.[1][0]
  return {
    provider: 'azure',
    event,
    image,
    imageFrom: '',
    machines: [{ id: machine.toLowerCase(), interfaces: [], addresses: [] }],
    network: `${subscription}/${group}`.toLowerCase(),
    launchers: [],
    userData: /"(?:customData|userData)"/.test(body ?? ''),
    ...(application === undefined ? {} : { application }),
  }
}

/** The body may be cut short, so that it is not read as JSON. */
function imageOfBody(body: string): string | undefined {
  const reference = /"imageReference"\s*:\s*\{([^}]*)/i.exec(body)?.[1]
  if (reference === undefined) return undefined
  const part = (name: string): string | undefined =>
    new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`, 'i').exec(reference)?.[1]
  const id = part('communityGalleryImageId') ?? part('sharedGalleryImageId') ?? part('id')
  if (id !== undefined) return id
  const names = [part('publisher'), part('offer'), part('sku')]
  return names.every(name => name !== undefined) ? names.join(':') : undefined
}
