import { consoleAgent, openPage, signIn } from '../cloudtrail/console.ts'
import { changeState, copyImage, createImage } from '../cloudtrail/machines.ts'
import { jobSession, keySession } from '../cloudtrail/session.ts'
import { PACKER } from '../habits/pipelines.ts'
import type { ActFacts } from '../labels.ts'
import { makeMachine } from '../organisation/networks.ts'
import type { Image } from '../organisation/types.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../span.ts'
import { type Chain, launchBy, launchInConsole, leave, personIn, strangeImage } from './launch-chain.ts'
import { attack, benign, type Scenario, type Scene, twin } from './scenario.ts'

/** Launches that other events explain: an image made of another, an address used again, a machine started again. */
export const imageHistories: readonly Scenario[] = [
  {
    id: 'C7',
    analytic: 'AN1318',
    title: 'an image is made of a machine with an unknown image, and launched the next day',
    days: 2,
    acts: [
      attack(
        'derived',
        { outcome: 'found', at_least: 'high', reason: 'the image goes back to an unknown one' },
        scene =>
          lineage(scene, strangeImage(scene.recorder.random, scene.organisation.networks.production.region)),
      ),
      attack(
        'copied',
        { outcome: 'found', at_least: 'high', reason: 'the image is a copy of an unknown one' },
        copied,
      ),
      twin('derived of approved', 'the image goes back to an approved one, and is approved', approvedLineage),
    ],
  },
  {
    id: 'C8',
    analytic: 'AN1318',
    title: 'a private address is used again after its machine has ended',
    days: 1,
    acts: [
      attack(
        'unknown image first',
        {
          outcome: 'incomplete',
          at_least: 'medium',
          at_most: 'medium',
          reason: 'the packets are of the second machine',
        },
        scene =>
          reuse(scene, strangeImage(scene.recorder.random, scene.organisation.networks.development.region)),
      ),
      twin('approved image first', 'both images are approved', scene =>
        reuse(scene, scene.organisation.images.web),
      ),
    ],
  },
  {
    id: 'C10',
    analytic: 'AN1318',
    title: 'a machine with an unknown image is started again, and talks to a stranger then',
    days: 2,
    acts: [
      attack(
        'restart',
        { outcome: 'found', at_least: 'high', reason: 'a start opens the window again' },
        scene =>
          restart(scene, strangeImage(scene.recorder.random, scene.organisation.networks.production.region)),
      ),
      twin('restart of approved', 'the image is approved', scene =>
        restart(scene, scene.organisation.images.web),
      ),
    ],
  },
  {
    id: 'C16',
    analytic: 'AN1318',
    title: 'people work in the console, and nothing else',
    days: 1,
    acts: [
      benign(
        'five launches',
        'images of a vendor, no flow log; all five launches come from the console',
        scene => busySession(scene, 5),
      ),
      twin('one launch', 'an image of a vendor', scene => busySession(scene, 1)),
    ],
  },
]

function lineage(scene: Scene, image: Image): ActFacts {
  const { organisation, recorder, time } = scene
  const user = organisation.keyUsers[1]
  if (user === undefined) throw new Error('bug: nobody has a key')
  const session = keySession(user, 'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux lang/python#3.12')
  const { machine } = launchBy(scene, { session, image, network: 'production', time: time - 2 * HOUR })
  const derived: Image = {
    id: `ami-0${recorder.random.hex(16)}`,
    name: 'team-desktop',
    ownerAccount: organisation.accounts.production.id,
    region: image.region,
  }
  const person = personIn(organisation.people, organisation.accounts.production, recorder.random)
  const maker = signIn(recorder, person, time, image.region)
  createImage(recorder, {
    session: maker,
    machine,
    image: derived,
    time: time + 3 * MINUTE,
    userAgent: consoleAgent(recorder.random),
  })
  const chain = launchInConsole(
    scene,
    { image: derived, network: 'production', egress: 3 * MINUTE },
    time + 20 * HOUR,
  )
  return { ...chain.facts, images: [derived.id, image.id], instances: [chain.machine.id, machine.id] }
}

/** Somebody copies an image of a stranger into the account, under a good name, and launches the copy the next day. */
function copied(scene: Scene): ActFacts {
  const { organisation, recorder, time } = scene
  const { random } = recorder
  const { accounts, people, networks } = organisation
  const { region } = networks.production
  const from = strangeImage(random, region === 'us-west-2' ? 'us-east-1' : 'us-west-2')
  const image: Image = {
    id: `ami-0${random.hex(16)}`,
    name: 'base-copy',
    ownerAccount: accounts.production.id,
    region,
  }
  const session = signIn(recorder, personIn(people, accounts.production, random), time, region)
  copyImage(recorder, { session, from, image, time: time + 4 * MINUTE, userAgent: consoleAgent(random) })
  const chain = launchInConsole(scene, { image, network: 'production', egress: 2 * MINUTE }, time + 20 * HOUR)
  return { ...chain.facts, images: [image.id, from.id] }
}

/** The pipeline's own: an image made of the approved base by the approved builder, and approved before it is used. */
function approvedLineage(scene: Scene): ActFacts {
  const { organisation, recorder, time } = scene
  const { roles, networks, images } = organisation
  const look = { address: networks.production.publicAddress, userAgent: PACKER, since: time - MINUTE }
  const session = jobSession(roles.imagePipeline, `run-${recorder.random.digits(8)}`, look, recorder.random)
  const { machine } = launchBy(scene, {
    session,
    image: images.base,
    network: 'production',
    time,
    egress: MINUTE,
    peer: 'mirror',
  })
  const derived: Image = { ...images.base, id: `ami-0${recorder.random.hex(16)}`, name: 'base-next' }
  createImage(recorder, { session, machine, image: derived, time: time + 10 * MINUTE })
  changeState(recorder, 'TerminateInstances', { session, machine, time: time + 16 * MINUTE })
  const columns = { image: derived.id }
  scene.approve('approved_images', {
    columns,
    reason: 'built from the approved base',
    created: time + HOUR,
    expires: time + 90 * DAY,
  })
  return launchInConsole(
    scene,
    { image: derived, network: 'production', egress: 3 * MINUTE, peer: 'mirror' },
    time + 20 * HOUR,
  ).facts
}

function reuse(scene: Scene, image: Image): ActFacts {
  const { organisation, recorder } = scene
  const { networks, roles, images } = organisation
  const first = launchInConsole(scene, { image, network: 'development' })
  const { session } = first
  const end = first.launched + 6 * MINUTE
  changeState(recorder, 'TerminateInstances', {
    session,
    machine: first.machine,
    time: end,
    userAgent: consoleAgent(recorder.random),
  })
  const look = { address: networks.development.publicAddress, userAgent: PACKER, since: end }
  const job = jobSession(roles.build, `agent-${recorder.random.hex(6)}`, look, recorder.random)
  const second = makeMachine(recorder.random, networks.development, first.machine.address)
  const plan = {
    session: job,
    image: images.build,
    network: 'development',
    machine: second,
    egress: 2 * MINUTE,
  } as const
  const { facts } = launchBy(scene, { ...plan, time: end + 4 * MINUTE })
  return {
    ...first.facts,
    instances: [first.machine.id, second.id],
    interfaces: [first.machine.interfaceId, second.interfaceId],
    flows: [...(first.facts.flows ?? []), ...(facts.flows ?? [])],
  }
}

function restart(scene: Scene, image: Image): ActFacts {
  const { recorder } = scene
  const first: Chain = launchInConsole(scene, { image, network: 'production' })
  const { machine, person } = first
  const userAgent = consoleAgent(recorder.random)
  changeState(recorder, 'StopInstances', {
    session: first.session,
    machine,
    userAgent,
    time: first.launched + 20 * MINUTE,
  })
  const morning = scene.time + 20 * HOUR
  const session = signIn(recorder, person, morning, machine.network.region)
  openPage(recorder, { session, time: morning + 30 * SECOND, region: machine.network.region })
  changeState(recorder, 'StartInstances', { session, machine, userAgent, time: morning + 2 * MINUTE })
  return { ...first.facts, ...leave(scene, {}, machine, morning + 4 * MINUTE) }
}

function busySession(scene: Scene, launches: number): ActFacts {
  const { organisation, recorder } = scene
  const { region } = organisation.networks.unlogged
  const plan = { image: organisation.images.vendor, network: 'unlogged', snapshotTold: true } as const
  const first = launchInConsole(scene, plan)
  let { launched: time } = first
  const machines = [first.machine]
  for (let made = 1; made < launches; made++) {
    for (let pages = recorder.random.whole(8, 20); pages > 0; pages--) {
      time += recorder.random.around(9, 1) * SECOND
      openPage(recorder, { session: first.session, time, region })
    }
    time += MINUTE
    machines.push(launchBy(scene, { ...plan, session: first.session, time }).machine)
  }
  return {
    ...first.facts,
    instances: machines.map(({ id }) => id),
    interfaces: machines.map(({ interfaceId }) => interfaceId),
  }
}
