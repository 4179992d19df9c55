import { consoleAgent, openPage, signIn } from '../cloudtrail/console.ts'
import { PAGES } from '../cloudtrail/console-pages.ts'
import { runInstances } from '../cloudtrail/launch.ts'
import { createLaunchTemplate, describeImages, sharedSnapshot } from '../cloudtrail/machines.ts'
import type { Session } from '../cloudtrail/session.ts'
import type { ActFacts } from '../labels.ts'
import { makeMachine } from '../organisation/networks.ts'
import type { Account, Image, Machine, Network, NetworkName, Person } from '../organisation/types.ts'
import type { Random } from '../random.ts'
import { MINUTE, SECOND } from '../span.ts'
import { bootTraffic, converse, insideTraffic } from '../traffic.ts'
import type { Scene } from './scenario.ts'
import { strangerAddress } from './strangers.ts'

/** How a machine comes to run an image, and what it does then. */
export interface ChainPlan {
  readonly image: Image
  readonly network: NetworkName
  /** ms from the launch to the first packet that leaves; absent: nothing leaves. */
  readonly egress?: number
  /** What is talked to: a stranger, or the mirror that every machine uses. */
  readonly peer?: 'stranger' | 'mirror'
  /** The request names a template instead of the image. */
  readonly byTemplate?: boolean
  /** ms by which the event of the launch is delivered late. */
  readonly late?: number
  /** It is known by its snapshot that the image is of another account. */
  readonly snapshotTold?: boolean
}

export interface Chain {
  readonly facts: ActFacts
  readonly machine: Machine
  readonly session: Session
  readonly person: Person
  /** When the machine was launched. */
  readonly launched: number
}

/** A person signs in to the console, looks around, and launches a machine. */
export function launchInConsole(scene: Scene, plan: ChainPlan, time = scene.time): Chain {
  const { organisation, recorder } = scene
  const { random } = recorder
  const network = organisation.networks[plan.network]
  const person = personIn(organisation.people, network.account, random)
  const session = signIn(recorder, person, time, network.region)
  const wizard = PAGES.find(({ name }) => name === 'wizard')
  let at = time
  for (const page of [undefined, undefined, wizard]) {
    at += random.whole(25, 90) * SECOND
    openPage(recorder, { session, time: at, region: network.region, ...(page === undefined ? {} : { page }) })
  }
  const launched = at + random.whole(60, 200) * SECOND
  const machine = launchBy(scene, { ...plan, session, time: launched })
  return { ...machine, session, person, launched }
}

/** Launches a machine in a session, with everything that the launch brings about. */
export function launchBy(
  scene: Scene,
  plan: ChainPlan & { readonly session: Session; readonly time: number; readonly machine?: Machine },
): { readonly facts: ActFacts; readonly machine: Machine } {
  const { organisation, recorder } = scene
  const { random } = recorder
  const { session, image, time } = plan
  const network = organisation.networks[plan.network]
  const machine = plan.machine ?? makeMachine(random, network)
  const agent = session.console ? { userAgent: consoleAgent(random) } : {}
  describeImages(recorder, {
    session,
    ...agent,
    region: network.region,
    ids: [image.id],
    time: time - 20 * SECOND,
  })
  const template = plan.byTemplate === true ? makeTemplate(scene, plan, network) : undefined
  runInstances(recorder, {
    session,
    machine,
    image,
    time,
    ...agent,
    ...(template === undefined ? {} : { template }),
    ...(plan.late === undefined ? {} : { late: plan.late }),
  })
  if (plan.snapshotTold === true) sharedSnapshot(recorder, network, time + 2 * SECOND)
  const talk =
    plan.egress === undefined
      ? { flows: quiet(scene, machine, time) }
      : leave(scene, plan, machine, time + plan.egress)
  const facts = {
    principal: session.principal,
    address: session.address,
    images: [image.id],
    instances: [machine.id],
    interfaces: [machine.interfaceId],
    ...talk,
  }
  return { facts, machine }
}

/** Packets to outside, the first at `time`. */
export function leave(
  scene: Scene,
  plan: Pick<ChainPlan, 'peer'>,
  machine: Machine,
  time: number,
): Pick<ActFacts, 'flows' | 'destination' | 'bytes'> {
  const { organisation, recorder } = scene
  const { random } = recorder
  const start = Math.ceil(time / SECOND) * SECOND
  if (plan.peer === 'mirror')
    return {
      flows: bootTraffic(recorder, machine, organisation.mirror, start),
      destination: organisation.mirror,
    }
  const peer = strangerAddress(scene)
  const peerPort = random.pick([443, 443, 8080, 3333, 4444])
  const bytesOut = random.around(60_000, 1)
  const flows = [0, 1, 2].flatMap(count =>
    converse(recorder, {
      machine,
      peer,
      peerPort,
      start: start + count * random.whole(61, 100) * SECOND,
      bytesOut,
      bytesIn: random.around(900_000, 1),
    }),
  )
  return { flows, destination: peer, bytes: bytesOut * 3 }
}

/** The machine talks to its own network only, and to the clock beside it. */
function quiet(scene: Scene, machine: Machine, time: number): readonly string[] {
  const { recorder } = scene
  const clock = {
    machine,
    peer: '169.254.169.123',
    peerPort: 123,
    protocol: 17,
    bytesOut: 76,
    bytesIn: 76,
  } as const
  return [
    ...insideTraffic(recorder, machine, time),
    ...converse(recorder, { ...clock, start: time + 2 * MINUTE }),
  ]
}

/** An image that nobody in the organisation knows. Some names imitate those of vendors. */
export function strangeImage(random: Random, region: string): Image {
  const name = random.pick([
    'amzn2-ami-hvm-x86_64-gp2-update',
    'ubuntu/images/hvm-ssd/jammy-amd64-pro',
    'gpu-toolbox-v7',
    'dev-desktop-complete',
  ])
  return {
    id: `ami-0${random.hex(16)}`,
    name,
    ownerAccount: `${random.whole(1, 9)}${random.digits(11)}`,
    region,
  }
}

/** Somebody who builds things and works in an account. */
export function personIn(people: readonly Person[], account: Account, random: Random): Person {
  const builders = people.filter(({ duty }) => duty !== 'analyst')
  const inside = builders.filter(({ role }) => role.account.id === account.id)
  if (inside.length > 0) return random.pick(inside)
  const person = random.pick(builders)
  return { ...person, role: { ...person.role, account } }
}

function makeTemplate(
  { recorder }: Scene,
  { session, image, time }: ChainPlan & { readonly session: Session; readonly time: number },
  network: Network,
): { readonly id: string; readonly name: string } {
  const { random } = recorder
  const template = { id: `lt-0${random.hex(16)}`, name: `quick-${random.hex(4)}` }
  const agent = session.console ? { userAgent: consoleAgent(random) } : {}
  createLaunchTemplate(recorder, { session, ...agent, network, image, ...template, time: time - 2 * MINUTE })
  return template
}
