import { type Expr, field } from '../../plan/expr.ts'
import { any, type Pattern } from '../../plan/pattern.ts'
import { or } from '../../sources/conditions.ts'
import { type AnalyticEvent, first } from '../analytic.ts'
import { base } from '../base.ts'
import { BoundedMap } from '../bounded-map.ts'

const HOUR = 3_600_000
const MOST = 100_000

/** Hosts behind which a console of a cloud is. */
const CONSOLES: readonly Pattern[] = [
  [any, 'console.aws.amazon.com', any],
  [any, 'signin.aws.amazon.com', any],
  [any, '.awsapps.com/', any],
  [any, 'portal.azure.com', any],
  [any, 'console.cloud.google.com', any],
  [any, 'shell.cloud.google.com', any],
]

const visits: Expr = or(
  CONSOLES.map(pattern => ({ kind: 'match', of: field('url'), pattern, caseless: true }) as const),
)

/** Visits of a console, and clicks on links to it, in logs of proxies and mail gateways that a mapping describes. */
export const clicks = base({
  id: 'an1318-clicks',
  title: 'People who open a console by a link',
  logsource: { category: 'proxy' },
  where: visits,
  carry: ['url', 'user', 'address', 'referrer'],
})

/** A link that leads into a console. */
export interface Click {
  readonly event: AnalyticEvent
  readonly url: string
  readonly user?: string
  /** It leads straight to a launch, a template or a shell. */
  readonly deep: boolean
}

/** Links that set something going by themselves. */
const DEEP = /launchinstances|launchinstancewizard|ami=|quickcreate|templateurl|createvm|deploy|cloudshell/i

/** Who opened a console by a link, in the hour before. */
export class Clicks {
  private readonly byName = new BoundedMap<string, Click>(MOST)

  take(event: AnalyticEvent): void {
    const url = first(event, 'url') ?? ''
    const user = first(event, 'user') ?? event.hit.event.actor.principal
    const address = first(event, 'address') ?? event.hit.event.address
    const click = { event, url, deep: DEEP.test(url), ...(user === undefined ? {} : { user }) }
    for (const name of [...namesOf(user), address])
      if (name !== undefined && !this.hasDeeper(name, click)) this.byName.set(name, click)
  }

  /** The click of whoever made a call, by name, else by address. */
  before({ time, hit }: AnalyticEvent): Click | undefined {
    const { actor, address } = hit.event
    const names = [actor.session, actor.name, actor.principal].flatMap(namesOf)
    return [...names, address]
      .flatMap(name => (name === undefined ? [] : (this.byName.get(name) ?? [])))
      .find(({ event }) => event.time <= time && time - event.time <= HOUR)
  }

  /** Pages that follow on a link say less than the link. */
  private hasDeeper(name: string, { deep, event }: Click): boolean {
    const known = this.byName.get(name)
    return !deep && known?.deep === true && event.time - known.event.time <= HOUR
  }
}

/** A mail address is also known by what stands before the `@`; the last part of an ARN is the name. */
function namesOf(name: string | undefined): readonly string[] {
  if (name === undefined || name === '') return []
  const plain = (name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name).toLowerCase()
  const at = plain.indexOf('@')
  return at > 0 ? [plain, plain.slice(0, at)] : [plain]
}
