import type { Context } from '../../context/context.ts'
import { stateOf } from '../../context/context.ts'
import { eventApprovals } from '../../context/event-approvals.ts'
import { type ImageVerdict, imageVerdict } from '../../context/image-verdict.ts'
import type { Row } from '../../context/row.ts'
import type { Level } from '../../core/level.ts'
import { LEVELS } from '../../core/level.ts'
import type { AnalyticEvent } from '../analytic.ts'
import { aggravations } from './aggravations.ts'
import type { Chain, Egress } from './chain.ts'
import type { Fetch } from './fetches.ts'
import type { Launch } from './launch.ts'
import { startedByPerson } from './session.ts'
import type { Windows } from './windows.ts'

/** What came of the third step. `late`: something left after the window. */
export type EgressOutcome = 'within' | 'late' | 'none' | 'not-observable' | 'logs-end'

export interface Judgement {
  readonly chain: Chain
  readonly verdict: ImageVerdict
  readonly egress: EgressOutcome
  /** Why it could not be seen. */
  readonly blindness?: string
  readonly first?: Egress
  /** The first object that its role read of a bucket that is not ours, within the window. */
  readonly fetched?: Fetch
  /** What makes a whole chain critical. */
  readonly worse: readonly string[]
  /** Neither images nor approvals are known at all. */
  readonly noInventory: boolean
  /** A workflow or change that covers the launch. */
  readonly workflow?: Row
  readonly level?: Level
}

/** Asks the inventories and approvals about an image as it is launched or started. */
export function verdictOf(
  context: Context,
  { provider }: Launch,
  event: AnalyticEvent,
  told: { readonly image: string; readonly lineage: readonly string[]; readonly foreignSnapshot: boolean },
): ImageVerdict {
  const { region } = event.hit.event
  const { image, lineage, foreignSnapshot } = told
  return imageVerdict(context, {
    id: image,
    provider,
    time: event.time,
    ...(region === undefined ? {} : { region }),
    ...(lineage.length === 0 ? {} : { lineage }),
    ...(foreignSnapshot ? { foreignSnapshot } : {}),
  })
}

/** Is the image one of which a chain may be told? The tables of `ApprovedImages` say which images may be launched. */
export function inDoubt({ parameters }: Context, { provenance, rule }: ImageVerdict): boolean {
  const tables = parameters.get('ApprovedImages')?.values ?? ['approved_images', 'image_vendors']
  if (provenance === 'approved') return !tables.includes('approved_images')
  if (provenance === 'vendor') return !tables.includes('image_vendors')
  return !(tables.includes('images') && rule === 'owner-listed')
}

/** What the whole comes to. @param end UTC ms; when the logs end */
export function judge(
  context: Context,
  chain: Chain,
  verdict: ImageVerdict,
  seen: {
    readonly blindness: string | undefined
    readonly end: number
    readonly windows: Windows
    /** The names that the machine looked up are known. */
    readonly resolved: boolean
  },
): Judgement {
  const { windows, blindness, end } = seen
  const [first] = chain.egress
  const wait = first === undefined ? undefined : first.flow.event.time - chain.from
  const egress: EgressOutcome =
    wait !== undefined
      ? wait <= windows.usual
        ? 'within'
        : 'late'
      : blindness !== undefined
        ? 'not-observable'
        : end - chain.from < windows.usual && chain.ended === undefined
          ? 'logs-end'
          : 'none'
  const noInventory = ['images', 'approved_images'].every(table => stateOf(context, table) !== 'loaded')
  const workflow = eventApprovals(context, chain.event.hit.event).find(
    ({ standing }) => standing === 'valid',
  )?.entry
  const fetched = chain.fetches.find(({ event }) => event.time - chain.from <= windows.usual)
  const worse = egress === 'within' ? aggravations(context, chain, windows.usual, seen.resolved) : []
  const base: Judgement = {
    chain,
    verdict,
    egress,
    worse,
    noInventory,
    ...(first === undefined ? {} : { first }),
    ...(fetched === undefined ? {} : { fetched }),
    ...(blindness === undefined || first !== undefined ? {} : { blindness }),
    ...(workflow === undefined ? {} : { workflow }),
  }
  const level = levelOf(base)
  return level === undefined ? base : { ...base, level }
}

function levelOf({
  chain,
  verdict,
  egress,
  worse,
  fetched,
  noInventory,
  workflow,
}: Judgement): Level | undefined {
  const whole = egress === 'within'
  const console = startedByPerson(chain.session)
  // Made here and not approved: no image of somebody else.
  if (verdict.provenance === 'internal-unapproved') return whole && console ? 'low' : undefined
  if (workflow !== undefined) return 'low'
  const full: Level = console ? (worse.length > 0 ? 'critical' : 'high') : 'medium'
  // GuardDuty, or the log of objects, saw what the flow log did not show.
  const otherwise = chain.alerts.length > 0 || fetched !== undefined
  const partly: Level = otherwise ? (console ? 'high' : 'medium') : console ? 'medium' : 'low'
  const level: Level = whole ? full : partly
  const caps: readonly Level[] = [
    ...(noInventory ? ([whole ? 'medium' : 'low'] as const) : []),
    ...(chain.guessed === undefined ? [] : (['medium'] as const)),
  ]
  return lowest([level, ...caps])
}

function lowest(levels: readonly Level[]): Level {
  return LEVELS.find(level => levels.includes(level)) ?? 'low'
}
