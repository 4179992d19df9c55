import type { AnalyticEvent } from '../analytic.ts'
import { first } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'

/** `derived`: by a tool or service that somebody in the console set to work, such as CloudShell. */
export type SessionKind = 'console' | 'console-derived' | 'api' | 'service' | 'unknown'

export interface SessionEvidence {
  readonly kind: SessionKind
  /** The log has no word of its own for it: signs make it likely. */
  readonly probable: boolean
  readonly reasons: readonly string[]
  /** The sign-in that came before, at most an hour. */
  readonly signIn?: {
    readonly action: string
    readonly time: number
    readonly id: string
    readonly from?: string
  }
}

const HOUR = 3_600_000
const MOST = 100_000
const CONSOLE_AGENT =
  /^\[?(?:AWS Internal|Mozilla\/|console\.(?:ec2\.)?amazonaws\.com|signin\.amazonaws\.com|S3Console\/|aws-internal\/)|EC2ConsoleFrontend/i
const TOOL_AGENT =
  /aws-cli|boto|terraform|pulumi|packer|ansible|aws-sdk|hashicorp|google-cloud-sdk|google-api|gcloud|cloudformation|python|go-http/i

/** Who came to the console, and which keys the console uses: with these the calls are told that people made there. */
export class Sessions {
  /** Principal -> its last sign-in. */
  private readonly signIns = new BoundedMap<string, NonNullable<SessionEvidence['signIn']>>(MOST)
  /** Keys with which the console read. */
  private readonly consoleKeys = new BoundedMap<string, true>(MOST)
  /** Principal -> when it made a stack in the console. */
  private readonly stacks = new BoundedMap<string, number>(MOST)

  signedIn(event: AnalyticEvent): void {
    const { action = '', actor, address } = event.hit.event
    if (first(event, 'responseElements.ConsoleLogin') === 'Failure') return
    const told = { action, time: event.time, id: event.hit.evidence.event_id }
    for (const name of namesOf(event))
      this.signIns.set(name, { ...told, ...(address === undefined ? {} : { from: address }) })
    if (actor.key !== undefined && actor.console === true) this.consoleKeys.set(actor.key, true)
  }

  read(event: AnalyticEvent): void {
    const { actor, userAgent = '' } = event.hit.event
    if (actor.key !== undefined && (actor.console === true || CONSOLE_AGENT.test(userAgent)))
      this.consoleKeys.set(actor.key, true)
  }

  madeStack(event: AnalyticEvent): void {
    if (!startedByPerson(this.of(event))) return
    for (const name of namesOf(event)) this.stacks.set(name, event.time)
  }

  /** What kind of session makes the call, and why that is thought. */
  of(event: AnalyticEvent): SessionEvidence {
    const signIn = this.signInOf(event)
    const evidence = this.kindOf(event, signIn !== undefined)
    return signIn === undefined ? evidence : { ...evidence, signIn }
  }

  private kindOf(event: AnalyticEvent, signedIn: boolean): SessionEvidence {
    const { actor, userAgent = '' } = event.hit.event
    const { invokedBy, type } = actor
    if (invokedBy === 'cloudformation.amazonaws.com' && this.stackBefore(event))
      return sure('console-derived', 'by CloudFormation, for a stack that was made in the console')
    if (type === 'AWSService' || /\.amazonaws\.com$/.test(invokedBy ?? ''))
      return sure('service', `by ${invokedBy ?? 'a service'}`)
    const shell = /cloudshell/i.test(userAgent)
    if (actor.console === true && (shell || (TOOL_AGENT.test(userAgent) && !CONSOLE_AGENT.test(userAgent))))
      return sure('console-derived', `credentials of the console, used by ${agentText(userAgent)}`)
    if (actor.console === true) return sure('console', 'sessionCredentialFromConsole is true')
    if (shell)
      return { kind: 'console-derived', probable: true, reasons: [`user agent ${agentText(userAgent)}`] }
    const signs = [
      ...(CONSOLE_AGENT.test(userAgent) ? [`user agent ${agentText(userAgent)}`] : []),
      ...(this.bornAtSignIn(event) ? ['the session began as its principal signed in to the console'] : []),
      ...(actor.key !== undefined && this.consoleKeys.get(actor.key) === true
        ? ['its key is one with which the console reads']
        : []),
    ]
    if (TOOL_AGENT.test(userAgent) && !CONSOLE_AGENT.test(userAgent))
      return { kind: 'api', probable: false, reasons: [`user agent ${agentText(userAgent)}`] }
    if (signs.length > 0) return { kind: 'console', probable: true, reasons: signs }
    const reasons = [
      signedIn ? 'a sign-in came before, but nothing ties the call to it' : 'no sign of the console',
    ]
    return { kind: userAgent === '' ? 'unknown' : 'api', probable: true, reasons }
  }

  private signInOf(event: AnalyticEvent): SessionEvidence['signIn'] {
    const found = namesOf(event).flatMap(name => this.signIns.get(name) ?? [])[0]
    return found === undefined || event.time - found.time > HOUR ? undefined : found
  }

  private bornAtSignIn(event: AnalyticEvent): boolean {
    const created = Date.parse(first(event, 'userIdentity.sessionContext.attributes.creationDate') ?? '')
    return namesOf(event).some(
      name => Math.abs((this.signIns.get(name)?.time ?? Number.NaN) - created) <= 2000,
    )
  }

  private stackBefore(event: AnalyticEvent): boolean {
    return namesOf(event).some(
      name => event.time - (this.stacks.get(name) ?? Number.NEGATIVE_INFINITY) <= HOUR,
    )
  }
}

/** Did a person set it going in a console? */
export function startedByPerson({ kind }: SessionEvidence): boolean {
  return kind === 'console' || kind === 'console-derived'
}

/** How a session on Google Cloud or Azure looks, by its user agent or the application that its token names. */
export function otherCloudSession(
  userAgent: string | undefined,
  application: string | undefined,
): SessionEvidence {
  const known = AZURE_APPLICATIONS.get(application?.toLowerCase() ?? '')
  if (known !== undefined) return sure(known.kind, `application ${known.name}`)
  if (application !== undefined) return sure('api', `application ${application}`)
  const agent = userAgent ?? ''
  if (TOOL_AGENT.test(agent)) return sure('api', `user agent ${agentText(agent)}`)
  if (/^Mozilla\//.test(agent))
    return { kind: 'console', probable: true, reasons: ['user agent of a browser'] }
  return { kind: 'unknown', probable: true, reasons: ['neither user agent nor application tells'] }
}

const AZURE_APPLICATIONS: ReadonlyMap<string, { readonly kind: SessionKind; readonly name: string }> =
  new Map([
    ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', { kind: 'console', name: 'Azure portal' }],
    ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', { kind: 'api', name: 'Azure CLI' }],
    ['1950a258-227b-4e31-a9cf-717495945fc2', { kind: 'api', name: 'Azure PowerShell' }],
  ])

function sure(kind: SessionKind, reason: string): SessionEvidence {
  return { kind, probable: false, reasons: [reason] }
}

/** The session's own name first: two people may hold one role. */
function namesOf({ hit: { event } }: AnalyticEvent): readonly string[] {
  const { arn, principal, role } = event.actor
  const names = role === undefined ? [arn, principal] : [arn]
  return names.filter(name => name !== undefined && name !== '') as readonly string[]
}

function agentText(userAgent: string): string {
  const text = userAgent.replace(/^\[|\]$/g, '')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
