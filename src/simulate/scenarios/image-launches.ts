import { jobSession, keySession } from '../cloudtrail/session.ts'
import { TERRAFORM } from '../habits/pipelines.ts'
import type { Expected } from '../labels.ts'
import { HOUR, MINUTE } from '../span.ts'
import { type ChainPlan, launchBy, launchInConsole, strangeImage } from './launch-chain.ts'
import { type Act, attack, benign, type Scenario, type Scene, twin } from './scenario.ts'

type Plan = Omit<ChainPlan, 'image'>

const WHOLE: Expected = {
  outcome: 'found',
  at_least: 'high',
  reason: 'console, image of a stranger, and egress at once',
}
const NO_EGRESS: Expected = {
  outcome: 'incomplete',
  at_least: 'medium',
  at_most: 'medium',
  reason: 'the flow log shows no egress',
}
const CLI =
  'aws-cli/2.17.40 md/awscrt#0.21.2 ua/2.0 os/macos#23.6 md/arch#arm64 lang/python#3.11.9 md/command#ec2.run-instances'

/** Launches within one session, and what is and is not seen of them. */
export const imageLaunches: readonly Scenario[] = [
  scenario('C1', 'an unknown image is launched in the console and talks to a stranger', [
    strange('two minutes later', WHOLE, { network: 'production', egress: 2 * MINUTE, snapshotTold: true }),
    approved({ network: 'production', egress: 2 * MINUTE, peer: 'mirror' }),
  ]),
  scenario('C2', 'an approved image is launched in the console and talks to a stranger', [
    benign(
      'approved',
      'the image is approved',
      scene =>
        launchInConsole(scene, {
          image: scene.organisation.images.web,
          network: 'production',
          egress: 2 * MINUTE,
        }).facts,
    ),
    twin(
      'vendor',
      'the image is of an approved vendor',
      scene =>
        launchInConsole(scene, {
          image: scene.organisation.images.vendor,
          network: 'analytics',
          egress: 3 * MINUTE,
          snapshotTold: true,
        }).facts,
    ),
  ]),
  scenario('C3', 'an unknown image is launched in the console and stays silent', [
    strange('silent', NO_EGRESS, { network: 'analytics' }),
    approved({ network: 'analytics' }),
  ]),
  scenario('C4', 'an unknown image is launched where there are no flow logs', [
    strange(
      'unobserved',
      {
        outcome: 'not observable',
        at_least: 'medium',
        at_most: 'medium',
        reason: 'the network has no flow log',
      },
      { network: 'unlogged', egress: 2 * MINUTE },
    ),
    approved({ network: 'unlogged', egress: 2 * MINUTE }),
  ]),
  scenario('C5', 'the first packet leaves just inside and just outside of the window', [
    strange(
      '29 minutes',
      { ...WHOLE, reason: 'within the window of 30 minutes' },
      { network: 'production', egress: 29 * MINUTE },
    ),
    strange(
      '31 minutes',
      {
        outcome: 'incomplete',
        at_least: 'medium',
        at_most: 'medium',
        reason: 'later than 30 minutes: weak evidence',
      },
      { network: 'production', egress: 31 * MINUTE },
    ),
    approved({ network: 'production', egress: 29 * MINUTE, peer: 'mirror' }),
  ]),
  scenario('C6', 'an unknown image is launched by a tool', [
    attack(
      'command line',
      {
        outcome: 'image only',
        at_least: 'low',
        at_most: 'medium',
        reason: 'no console session: the image alone',
      },
      byCommandLine,
    ),
    twin('pipeline', 'a pipeline launches an approved image', scene =>
      byPipeline(scene, scene.organisation.images.base, false),
    ),
  ]),
  scenario('C9', 'an unknown image is launched by a template that alone names it', [
    strange(
      'by template',
      { ...WHOLE, reason: 'the response names the image' },
      { network: 'production', egress: 4 * MINUTE, byTemplate: true },
    ),
    approved({ network: 'production', egress: 4 * MINUTE, peer: 'mirror', byTemplate: true }),
  ]),
  scenario('C13', 'the flow log comes before the trail', [
    strange(
      'late trail',
      { ...WHOLE, reason: 'order of delivery does not matter' },
      { network: 'production', egress: MINUTE, late: 40 * MINUTE },
    ),
    approved({ network: 'production', egress: MINUTE, peer: 'mirror', late: 40 * MINUTE }),
  ]),
  scenario('C14', 'an image is launched whose approval has run out', [
    attack(
      'expired',
      { ...WHOLE, reason: 'the approval has expired' },
      scene =>
        launchInConsole(scene, {
          image: scene.organisation.images.retired,
          network: 'production',
          egress: 3 * MINUTE,
        }).facts,
    ),
    twin('renewed', 'the approval was renewed in time', renewed),
  ]),
  scenario('C15', 'infrastructure as code launches an image of a vendor', [
    benign('Terraform', 'an image of a vendor, by a pipeline', scene =>
      byPipeline(scene, scene.organisation.images.vendor, true),
    ),
    twin('own image', 'an approved image, by a pipeline', scene =>
      byPipeline(scene, scene.organisation.images.web, false),
    ),
  ]),
]

function scenario(id: string, title: string, acts: readonly Act[]): Scenario {
  return { id, analytic: 'AN1318', title, days: 1, acts }
}

function strange(name: string, expected: Expected, plan: Plan): Act {
  return attack(name, expected, scene => {
    const { organisation, recorder } = scene
    const image = strangeImage(recorder.random, organisation.networks[plan.network].region)
    return launchInConsole(scene, { ...plan, image }).facts
  })
}

function approved(plan: Plan): Act {
  return twin(
    'approved image',
    'the image is approved',
    scene => launchInConsole(scene, { ...plan, image: scene.organisation.images.web }).facts,
  )
}

function byCommandLine(scene: Scene): ReturnType<Act['play']> {
  const { organisation, recorder, time } = scene
  const user = organisation.keyUsers[1]
  if (user === undefined) throw new Error('bug: nobody has a key')
  const image = strangeImage(recorder.random, organisation.networks.production.region)
  return launchBy(scene, {
    session: keySession(user, CLI),
    image,
    time,
    network: 'production',
    egress: 2 * MINUTE,
  }).facts
}

function byPipeline(scene: Scene, image: ChainPlan['image'], snapshotTold: boolean): ReturnType<Act['play']> {
  const { organisation, recorder, time } = scene
  const { roles, networks } = organisation
  const look = { address: networks.production.publicAddress, userAgent: TERRAFORM, since: time - MINUTE }
  const session = jobSession(roles.deploy, `run-${recorder.random.digits(8)}`, look, recorder.random)
  return launchBy(scene, {
    session,
    image,
    time,
    network: 'production',
    egress: 2 * MINUTE,
    peer: 'mirror',
    snapshotTold,
  }).facts
}

function renewed(scene: Scene): ReturnType<Act['play']> {
  const { organisation, recorder, time } = scene
  const image = { ...organisation.images.base, id: `ami-0${recorder.random.hex(16)}`, name: 'base-2025.08' }
  // No inventory has the image yet, so that the approval cannot ask whose it is.
  const columns = { image: image.id }
  scene.approve('approved_images', {
    columns,
    reason: 'still needed by one team',
    created: time - 400 * HOUR,
    expires: time + 3000 * HOUR,
  })
  return launchInConsole(scene, { image, network: 'production', egress: 3 * MINUTE, peer: 'mirror' }).facts
}
