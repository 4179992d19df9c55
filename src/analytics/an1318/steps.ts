import { bytesText, firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { Step } from '../../findings/sections.ts'
import type { AnalyticEvent } from '../analytic.ts'
import { nameText } from './answers.ts'
import type { Judgement } from './judge.ts'
import type { Making } from './lineage.ts'
import { startedByPerson } from './session.ts'
import type { Telling } from './telling.ts'

interface DraftStep {
  readonly time: number
  readonly name: string
  readonly text: string
  readonly id?: string
}

/** The chain as it went, with the time between its steps; what is missing, or could not be seen, stands where it belongs. */
export function stepsOf(judgement: Judgement, telling: Telling): readonly Step[] {
  const seen = seenSteps(judgement, telling)
  return [...unseenBefore(judgement, telling), ...seen, ...unseenAfter(judgement, telling)]
}

function seenSteps(judgement: Judgement, { lineage }: Telling): readonly Step[] {
  const { chain, first, egress, fetched } = judgement
  const { session, launch, hint, foreignSnapshot, creator, click, alerts } = chain
  const drafts: readonly DraftStep[] = [
    ...lineage.makings(chain.image).map(madeStep),
    ...(creator === undefined ? [] : [stepOf(creator.event, 'template', `made by ${who(creator.event)}`)]),
    ...(click === undefined
      ? []
      : [
          stepOf(click.event, 'click', click.deep ? 'a link straight to a launch' : 'the console was opened'),
        ]),
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
    ...(first?.lookup === undefined
      ? []
      : [stepOf(first.lookup.event, 'lookup', `${first.lookup.name} is ${first.flow.to}`)]),
    ...(fetched === undefined
      ? []
      : [
          stepOf(
            fetched.event,
            'fetch',
            `the machine's role read bucket ${fetched.bucket}: ${fetched.whose}`,
          ),
        ]),
    ...alerts.map(alert =>
      stepOf(alert.event, 'alert', `GuardDuty: ${alert.type}, severity ${alert.severity}`),
    ),
    ...(first === undefined
      ? []
      : [
          stepOf(
            first.flow.event,
            egress === 'late' ? 'late egress' : 'egress',
            `${first.flow.from} to ${first.flow.to}${nameText(first)} port ${first.flow.port}, ${bytesText(first.flow.bytes)}; known by ${first.by}`,
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
  return steps
}

/** Nobody can say whether a link was clicked, if no such log was read. */
function unseenBefore({ chain }: Judgement, { coverage }: Telling): readonly Step[] {
  if (chain.click !== undefined || coverage.clicks || !startedByPerson(chain.session)) return []
  return [{ time: '', name: 'click', text: 'no log of clicks was read', state: 'not observable' }]
}

function unseenAfter({ chain, first, egress, blindness }: Judgement, { coverage }: Telling): readonly Step[] {
  const { launch } = chain
  const lookup: readonly Step[] =
    launch.provider !== 'aws' || first?.lookup !== undefined || coverage.resolves(launch)
      ? []
      : [
          {
            time: '',
            name: 'lookup',
            text: `no resolver log of network ${launch.network ?? 'unknown'} was read`,
            state: 'not observable',
          },
        ]
  if (first !== undefined) return lookup
  const state = egress === 'not-observable' ? 'not observable' : 'missing'
  return [...lookup, { time: '', name: 'egress', text: blindness ?? 'nothing left', state }]
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
