import { bytesText, firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { Step } from '../../findings/sections.ts'
import type { AnalyticEvent } from '../analytic.ts'
import { nameText } from './answers.ts'
import type { Chain, Egress } from './chain.ts'
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

/** Of steps at one time the one that is named here first comes first. */
function seenSteps(judgement: Judgement, { lineage }: Telling): readonly Step[] {
  const { chain, first, fetched } = judgement
  const { session, foreignSnapshot, creator, click, alerts } = chain
  return inOrder([
    ...lineage.makings(chain.image).map(madeStep),
    ...ifAny(creator, ({ event }) => stepOf(event, 'template', `made by ${who(event)}`)),
    ...ifAny(click, ({ event, deep }) =>
      stepOf(event, 'click', deep ? 'a link straight to a launch' : 'the console was opened'),
    ),
    ...ifAny(session.signIn, signIn => ({ ...signIn, name: 'sign-in', text: signIn.action })),
    launchStep(chain),
    ...ifAny(foreignSnapshot, ({ event, snapshot }) =>
      stepOf(event, 'snapshot', `${snapshot} of another account`),
    ),
    ...(chain.started ? [stepOf(chain.event, 'start', `by ${who(chain.event)}`)] : []),
    ...ifAny(first?.lookup, ({ event, name }) => stepOf(event, 'lookup', `${name} is ${first?.flow.to}`)),
    ...ifAny(fetched, ({ event, bucket, whose }) =>
      stepOf(event, 'fetch', `the machine's role read bucket ${bucket}: ${whose}`),
    ),
    ...alerts.map(({ event, type, severity }) =>
      stepOf(event, 'alert', `GuardDuty: ${type}, severity ${severity}`),
    ),
    ...ifAny(first, egress => egressStep(egress, judgement.egress)),
  ])
}

function ifAny<T>(value: T | undefined, step: (value: T) => DraftStep): readonly DraftStep[] {
  return value === undefined ? [] : [step(value)]
}

function launchStep({ image, launch, hint }: Chain): DraftStep {
  const machines = firstFew(
    launch.machines.map(({ id }) => id),
    3,
  )
  const said = [`${image} on ${machines}`, launch.imageFrom, hint ?? '']
  return stepOf(launch.event, 'launch', said.filter(text => text !== '').join('; '))
}

function egressStep(first: Egress, outcome: Judgement['egress']): DraftStep {
  const { event, from, to, port, bytes } = first.flow
  const what = `${from} to ${to}${nameText(first)} port ${port}, ${bytesText(bytes)}; known by ${first.by}`
  return stepOf(event, outcome === 'late' ? 'late egress' : 'egress', what)
}

function inOrder(drafts: readonly DraftStep[]): readonly Step[] {
  const sorted = drafts.toSorted((a, b) => a.time - b.time)
  return sorted.map(({ time, name, text, id }, place): Step => {
    const before = sorted[place - 1]
    return {
      time: isoTime(time),
      name,
      text,
      ...(before === undefined ? {} : { after: time - before.time }),
      ...(id === undefined ? {} : { event_id: id }),
    }
  })
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
