import { caveatOf } from '../../context/context.ts'
import { identityClass } from '../../context/identity-class.ts'
import { cell, entryName } from '../../context/row.ts'
import { durationText } from '../../core/duration.ts'
import { bytesText, counted, firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { Answer, FindingSections, Step } from '../../findings/sections.ts'
import type { AnalyticEvent, World } from '../analytic.ts'
import type { Judgement, Windows } from './judge.ts'
import type { Lineage, Making } from './lineage.ts'
import { riskOf } from './risk.ts'
import { startedByPerson } from './session.ts'

export interface Telling {
  readonly world: World
  readonly lineage: Lineage
  readonly windows: Windows
  readonly tables: readonly string[]
}

/** `Chain complete`, `Chain incomplete` …, with what it means. */
export function titleOf({ chain, egress, verdict }: Judgement): string {
  const image = SUBJECTS.get(verdict.provenance) ?? 'External or unknown image'
  const how = startedByPerson(chain.session) ? 'in the console' : 'without a console'
  if (egress === 'within') return `${image} launched ${how}, and egress at once (AN1318)`
  const what: Record<Exclude<typeof egress, 'within'>, string> = {
    late: 'egress only after the window',
    none: 'egress not observed',
    'not-observable': 'egress not observable',
    'logs-end': 'the logs end too early',
  }
  const word = startedByPerson(chain.session) ? 'incomplete chain' : 'image only'
  return `${image} launched ${how}: ${word}, ${what[egress]} (AN1318)`
}

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['internal-unapproved', 'Unapproved image of the organisation'],
  ['approval-expired', 'Image whose approval has expired'],
])

/** The lines that say why. */
export function becauseOf(judgement: Judgement, { windows }: Telling): readonly string[] {
  const { chain, verdict, egress, worse, blindness, first, noInventory, workflow } = judgement
  const { session } = chain
  const likely = session.probable ? 'probably ' : ''
  const wait = first === undefined ? '' : durationText(first.flow.event.time - chain.from)
  const strong = first !== undefined && first.flow.event.time - chain.from <= windows.strong
  const third: Record<typeof egress, string> = {
    within: `egress ${wait} later, within ${durationText(strong ? windows.strong : windows.usual)} (${strong ? 'strong' : 'usual'} window)`,
    late: `egress ${wait} later, after the window of ${durationText(windows.usual)}: weak`,
    none: `egress not observed, though the flow log of the network was read`,
    'not-observable': `egress not observable: ${blindness}`,
    'logs-end': `egress not observed: the logs end before ${durationText(windows.usual)} were over`,
  }
  return [
    `session: ${likely}${session.kind} (${session.reasons.join('; ')})`,
    `image ${chain.image}: ${verdict.provenance} (${verdict.rule}${verdict.entry === undefined ? '' : `, ${entryName(verdict.entry)}`})`,
    third[egress],
    ...worse,
    ...(noInventory ? ['neither images nor approved_images are given: every image is unknown'] : []),
    ...(workflow === undefined ? [] : [`approved by ${entryName(workflow)}`]),
  ]
}

export function sectionsOf(judgement: Judgement, telling: Telling): FindingSections {
  return {
    answers: answersOf(judgement, telling),
    steps: stepsOf(judgement, telling),
    risk: riskOf(telling.world.context, judgement, telling.windows),
    caveats: caveatsOf(judgement, telling),
  }
}

function answersOf({ chain, verdict, first, blindness }: Judgement, { world }: Telling): readonly Answer[] {
  const { actor, address, userAgent, account, region } = chain.event.hit.event
  const { class: identity, rule } = identityClass(world.context, actor)
  const machines = chain.launch.machines.map(({ id }) => id)
  const addresses = chain.launch.machines.flatMap(({ addresses: list, interfaces }) => [
    ...interfaces,
    ...list,
  ])
  const destination =
    first === undefined
      ? `unknown: ${blindness ?? 'no connection was seen'}`
      : `${first.flow.to} port ${first.flow.port}, ${counted(chain.flows, 'connection')}, ${bytesText(chain.bytes)}`
  return [
    { question: 'who', value: `${actor.principal ?? 'unknown: no principal'} (${identity}, ${rule})` },
    { question: 'from where', value: `${address ?? 'unknown: no address'}, ${userAgent ?? 'no user agent'}` },
    { question: 'session', value: `${chain.session.kind}: ${chain.session.reasons.join('; ')}` },
    { question: 'click', value: clickText(chain.session) },
    {
      question: 'image',
      value: `${chain.image}: ${verdict.verdict}, ${verdict.provenance} (${verdict.rule})`,
    },
    {
      question: 'machines',
      value: `${firstFew(machines, 3)} in ${account ?? '?'} ${region ?? ''}, network ${chain.launch.network ?? 'unknown'}`,
      details: { machines, interfaces_and_addresses: addresses },
    },
    { question: 'destination', value: destination },
  ]
}

function clickText({ signIn }: Judgement['chain']['session']): string {
  if (signIn === undefined) return 'unknown: user interaction is inferred from the session, no click evidence'
  const from = signIn.from === undefined ? '' : ` from ${signIn.from}`
  return `${signIn.action} at ${isoTime(signIn.time)}${from}; no log of clicks on links`
}

interface DraftStep {
  readonly time: number
  readonly name: string
  readonly text: string
  readonly id?: string
}

function stepsOf(judgement: Judgement, { lineage }: Telling): readonly Step[] {
  const { chain, first, egress, blindness } = judgement
  const { session, launch, hint, foreignSnapshot, creator } = chain
  const drafts: readonly DraftStep[] = [
    ...lineage.makings(chain.image).map(madeStep),
    ...(creator === undefined ? [] : [stepOf(creator.event, 'template', `made by ${who(creator.event)}`)]),
    ...(session.signIn === undefined
      ? []
      : [{ ...session.signIn, name: 'sign-in', text: session.signIn.action }]),
    stepOf(
      launch.event,
      'launch',
      [
        `${chain.image} on ${firstFew(
          launch.machines.map(({ id }) => id),
          3,
        )}`,
        launch.imageFrom,
        hint ?? '',
      ]
        .filter(text => text !== '')
        .join('; '),
    ),
    ...(foreignSnapshot === undefined
      ? []
      : [stepOf(foreignSnapshot.event, 'snapshot', `${foreignSnapshot.snapshot} of another account`)]),
    ...(chain.started ? [stepOf(chain.event, 'start', `by ${who(chain.event)}`)] : []),
    ...(first === undefined
      ? []
      : [
          stepOf(
            first.flow.event,
            egress === 'late' ? 'late egress' : 'egress',
            `${first.flow.from} to ${first.flow.to} port ${first.flow.port}, ${bytesText(first.flow.bytes)}; known by ${first.by}`,
          ),
        ]),
  ]
  const sorted = drafts.toSorted((a, b) => a.time - b.time)
  const steps = sorted.map((draft, place): Step => {
    const before = sorted[place - 1]
    return {
      time: isoTime(draft.time),
      name: draft.name,
      text: draft.text,
      ...(before === undefined ? {} : { after: draft.time - before.time }),
      ...(draft.id === undefined ? {} : { event_id: draft.id }),
    }
  })
  if (first !== undefined) return steps
  const state = egress === 'not-observable' ? 'not observable' : 'missing'
  return [...steps, { time: '', name: 'egress', text: blindness ?? 'nothing left', state }]
}

function madeStep({ event, action, of }: Making): DraftStep {
  return stepOf(event, 'image', `${action} of ${of}, by ${who(event)}`)
}

function stepOf({ time, hit }: AnalyticEvent, name: string, text: string): DraftStep {
  return { time, name, text, id: hit.evidence.event_id }
}

function who({ hit: { event } }: AnalyticEvent): string {
  return event.actor.arn ?? event.actor.principal ?? 'somebody'
}

function caveatsOf({ verdict, blindness, chain }: Judgement, telling: Telling): readonly string[] {
  const { tables } = telling.world.context
  const doubts = telling.tables.flatMap(name => {
    const table = tables.get(name)
    return (table === undefined ? undefined : caveatOf(table)) ?? []
  })
  const { lapsed } = verdict
  return [
    ...new Set([
      ...verdict.caveats,
      ...doubts,
      ...(blindness === undefined ? [] : [blindness]),
      ...(lapsed === undefined
        ? []
        : [
            `approval ${entryName(lapsed.entry)} of ${cell(lapsed.entry, 'owner') ?? 'nobody'} is ${lapsed.standing}`,
          ]),
      ...(chain.guessed === undefined
        ? []
        : [
            'no log ties the network adapter to the machine: it is the one that first spoke after the launch',
          ]),
      ...(chain.launch.userData ? ['user data was given at the launch; the trail does not show it'] : []),
    ]),
  ]
}
