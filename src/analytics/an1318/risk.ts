import type { Context } from '../../context/context.ts'
import { identityClass } from '../../context/identity-class.ts'
import { cells } from '../../context/row.ts'
import type { Actor } from '../../core/event.ts'
import type { Risk } from '../../findings/sections.ts'
import type { Judgement } from './judge.ts'
import { startedByPerson } from './session.ts'
import type { Windows } from './windows.ts'

type Part = readonly [amount: number, reason: string]

/** How serious a chain is and how sure, with what that is made of. The level does not depend on it. */
export function riskOf(context: Context, judgement: Judgement, windows: Windows): Risk {
  const impactParts = impactOf(judgement)
  const confidenceParts = confidenceOf(context, judgement, windows)
  const impact = within(40 + sum(impactParts), 0, 100)
  const confidence = within(40 + sum(confidenceParts), 5, 95)
  return {
    impact,
    confidence,
    score: Math.round((impact * confidence) / 100),
    parts: [
      ...impactParts.map(part => told('impact', part)),
      ...confidenceParts.map(part => told('confidence', part)),
    ],
  }
}

function impactOf({ egress, worse, verdict, chain }: Judgement): readonly Part[] {
  return [
    ...(egress === 'within' ? [[20, 'egress at once'] as const] : []),
    ...worse.map(reason => [15, reason] as const),
    ...(verdict.verdict === 'internal' ? [[-20, 'image of the organisation'] as const] : []),
    ...(chain.launch.machines.length > 1 ? [[10, 'several machines'] as const] : []),
  ]
}

function confidenceOf(context: Context, judgement: Judgement, windows: Windows): readonly Part[] {
  const { chain, verdict, first, noInventory, workflow, fetched } = judgement
  const wait = first === undefined ? undefined : first.flow.event.time - chain.from
  const user = userContext(context, (chain.creator?.event ?? chain.event).hit.event.actor)
  return [
    ...(startedByPerson(chain.session)
      ? [[chain.session.probable ? 10 : 20, `session: ${chain.session.kind}`] as const]
      : []),
    ...(wait === undefined || wait > windows.usual
      ? []
      : [wait <= windows.strong ? ([15, 'strong window'] as const) : ([10, 'usual window'] as const)]),
    ...(verdict.verdict === 'external' ? [[10, `image ${verdict.provenance}`] as const] : []),
    ...(user === undefined ? [] : [[10, `UserContext: ${user}`] as const]),
    ...(chain.alerts.length === 0 ? [] : [[15, 'GuardDuty tells of the machine'] as const]),
    ...(fetched === undefined ? [] : [[10, 'its role read a bucket that is not ours'] as const]),
    ...(chain.click === undefined ? [] : [[10, 'a link into the console was opened before'] as const]),
    ...(noInventory ? [[-20, 'no inventory of images'] as const] : []),
    ...(chain.guessed === undefined ? [] : [[-20, 'machine found by a new network adapter'] as const]),
    ...(workflow === undefined ? [] : [[-20, 'covered by a workflow'] as const]),
  ]
}

/** The first class or trait of the actor that the parameter `UserContext` names. */
function userContext(context: Context, actor: Actor): string | undefined {
  const { class: identity, entry, rule } = identityClass(context, actor)
  const traits = entry === undefined ? [] : cells(entry, 'traits')
  const own = [identity, ...traits, ...(rule === 'identity-center' ? ['federated'] : [])]
  const wanted = context.parameters.get('UserContext')?.values ?? []
  return own.find(word => wanted.includes(word))
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, [amount]) => total + amount, 0)
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function told(name: string, [amount, reason]: Part): string {
  return `${name} ${amount < 0 ? amount : `+${amount}`}: ${reason}`
}
