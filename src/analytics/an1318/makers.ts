import { type AnalyticEvent, all, first } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Chain } from './chain.ts'
import type { Launch } from './launch.ts'
import type { SessionEvidence } from './session.ts'

const MOST = 100_000
const QUARTER = 15 * 60_000

/** Who made what launches machines for somebody: templates, groups and fleets. */
export class Creators {
  private readonly made = new BoundedMap<string, NonNullable<Chain['creator']>>(MOST)

  take(event: AnalyticEvent, session: SessionEvidence): void {
    const names = [
      first(event, 'responseElements.CreateLaunchTemplateResponse.launchTemplate.launchTemplateId'),
      first(event, 'responseElements.CreateFleetResponse.fleetId'),
      first(event, 'requestParameters.autoScalingGroupName'),
    ]
    for (const name of names) if (name !== undefined) this.made.set(name, { event, session })
  }

  of({ launchers }: Launch): Chain['creator'] {
    return launchers.flatMap(name => this.made.get(name) ?? [])[0]
  }
}

/** What images somebody looked for before: that is a hint, no more. */
export class Hints {
  private readonly looked = new BoundedMap<string, { readonly time: number; readonly text: string }>(MOST)

  take(event: AnalyticEvent): void {
    const { key } = event.hit.event.actor
    const owners = all(event, 'requestParameters.ownersSet.items.owner')
    const users = all(event, 'requestParameters.executableBySet.items.user')
    if (key === undefined || owners.length + users.length === 0) return
    const text = [
      ...(owners.length === 0 ? [] : [`of ${owners.slice(0, 5).join(', ')}`]),
      ...(users.length === 0 ? [] : [`that ${users.slice(0, 5).join(', ')} may launch`]),
    ].join(' ')
    this.looked.set(key, { time: event.time, text: `its key looked for images ${text} before` })
  }

  of({ time, hit }: AnalyticEvent): string | undefined {
    const { key } = hit.event.actor
    const hint = key === undefined ? undefined : this.looked.get(key)
    return hint === undefined || time - hint.time > QUARTER ? undefined : hint.text
  }
}
