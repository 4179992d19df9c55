import type { Context } from '../../context/context.ts'
import type { Geo } from '../../context/geo.ts'
import { identityClass } from '../../context/identity-class.ts'
import { networkVerdict } from '../../context/network-verdict.ts'
import { cell, entryName } from '../../context/row.ts'
import { counted } from '../../core/quantity.ts'
import type { Finding } from '../../findings/finding.ts'
import type { AnalyticResult, FoundObject, World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { codeText } from '../words.ts'
import { answersOf } from './answers.ts'
import { approvalOf, approvalText, worse } from './approval.ts'
import { becauseOf, caveatsOf } from './because.ts'
import type { BulkFlows } from './bulk-flows.ts'
import type { Coverage } from './coverage.ts'
import type { Judging } from './judging.ts'
import { levelOf, riskOf } from './score.ts'
import type { Session, Told } from './session.ts'
import type { Settings } from './settings.ts'
import { Settled } from './settled.ts'
import { titleOf } from './titles.ts'
import { unexplained } from './unexplained.ts'

interface Desk {
  readonly world: World
  readonly settings: Settings
  readonly cases: Cases
  readonly cleared: Map<string, string>
  readonly coverage: Coverage
  readonly judging: Judging
  readonly bulk: BulkFlows
}

interface Report {
  readonly finding: Finding
  readonly events: number
  readonly session: Session
  readonly told: Told
}

/** Makes findings of sessions that are over. */
export class Reports {
  private readonly desk: Desk
  private readonly reports: Report[] = []
  private readonly settled = new Settled()
  /** Reads from outside of buckets that no inventory calls sensitive: how many objects, and of how many sessions. */
  private unclassified = { sessions: 0, objects: 0 }

  constructor(desk: Desk) {
    this.desk = desk
  }

  close(session: Session): void {
    const parts = [session.told, session.agreed].filter(told => told !== undefined)
    for (const told of parts) this.judgeVolume(told)
    this.settled.add(session, harmless(parts))
    for (const told of parts) this.report(session, told)
  }

  private report(session: Session, told: Told): void {
    this.clear(session, told)
    if (this.isApprovedAway(told) || !this.isWorthTelling(session, told)) {
      told.paths.release()
      this.desk.cases.drop(told.case)
      return
    }
    const events = told.case.count
    this.reports.push({ session, told, events, finding: this.findingOf(session, told) })
  }

  finish(): Pick<AnalyticResult, 'findings' | 'hits' | 'objects' | 'notes' | 'settled'> {
    const { coverage } = this.desk
    for (const session of unexplained(this.desk)) this.close(session)
    // What an audit log shows is shown by access logs once more.
    const kept = this.reports.filter(
      ({ session }) => session.log !== 'access' || !coverage.isAudited(session.bucket),
    )
    const caveats = coverage.caveats()
    const { sessions, objects } = this.unclassified
    return {
      findings: kept.map(({ finding }) => ({
        ...finding,
        ...(caveats.length === 0 ? {} : { caveats: [...new Set([...(finding.caveats ?? []), ...caveats])] }),
      })),
      objects: () => objectsOf(kept),
      settled: finding => this.settled.reason(finding),
      hits: kept.reduce((sum, { events }) => sum + events, 0),
      notes:
        sessions === 0
          ? []
          : [
              `${counted(objects, 'object')} of buckets that no inventory calls sensitive went outside in ${counted(sessions, 'session')} that ${sessions === 1 ? 'is' : 'are'} not told one by one`,
            ],
    }
  }

  /** How much it was is known in the end only. */
  private judgeVolume(told: Told): void {
    if (told.approval.verdict !== 'approved' || told.withoutBytes > 0) return
    if (told.objects === 0 && told.sent === undefined) return
    told.approval = worse(
      told.approval,
      approvalOf(this.desk.world.context, told.latest, told.sent?.bytes ?? told.bytes),
    )
  }

  private isApprovedAway({ approval }: Told): boolean {
    return approval.verdict === 'approved' && this.desk.world.hideApproved
  }

  /** Reads of what nobody calls sensitive are told if they are many, or an approval is about them. */
  private isWorthTelling({ sensitive }: Session, told: Told): boolean {
    const { settings } = this.desk
    if (told.explicit || settings.isSensitive(sensitive) || told.approval.entry !== undefined) return true
    const { peakObjects, peakBytes } = told.pace
    if (peakObjects >= settings.bulkObjects || peakBytes >= settings.bulkBytes) return true
    this.unclassified.sessions += 1
    this.unclassified.objects += told.objects
    return false
  }

  private clear({ log }: Session, { approval, doubted }: Told): void {
    const { cleared } = this.desk
    const isApproved = approval.verdict === 'approved'
    // What an own machine reads was harmless, until it left.
    if (log === 'flow' && !isApproved) for (const id of doubted) cleared.delete(id)
    if (log !== 'flow' && isApproved)
      for (const id of doubted) cleared.set(id, `approved: ${approvalText(approval)}`)
  }

  private findingOf(session: Session, told: Told): Finding {
    const { world, settings, cases } = this.desk
    const verdict = identityClass(world.context, session.latest.event.hit.event.actor)
    const risk = riskOf(session, told, {
      settings,
      class: verdict.class,
      usual: session.usual,
      bucketObjects: objectsIn(session),
    })
    const answers = answersOf(session, told, {
      class: verdict,
      network: networkText(world.context, session),
      country: countryText(world.geo, session, told),
    })
    return cases.finding(told.case, {
      entity: { kind: 'transfer', value: entityOf(session) },
      level: levelOf(risk.score, session, told, settings),
      title: titleOf(session, told, settings),
      ...(told === session.agreed ? { variant: 'agreed' } : {}),
      because: becauseOf(session, told),
      sections: { answers, risk, caveats: caveatsOf(session, told) },
    })
  }
}

/** Why all that is told of a session is harmless; `undefined` if some of it is not. */
function harmless([first, ...others]: readonly Told[]): string | undefined {
  if (first === undefined) return 'no data left'
  const isApproved = [first, ...others].every(({ approval }) => approval.verdict === 'approved')
  return isApproved ? `approved: ${approvalText(first.approval)}` : undefined
}

function* objectsOf(reports: readonly Report[]): Generator<FoundObject> {
  for (const { finding, session, told } of reports)
    for (const object of told.paths.all()) yield { finding: finding.id, bucket: session.bucket, object }
}

/** Who, by which session or key, from where, with which bucket. */
function entityOf({ key, identity }: Session): string {
  const [who = '', network = '', bucket = '', log, to] = JSON.parse(key) as readonly string[]
  const by =
    who === identity
      ? who
      : `${identity} (${who.startsWith(`${identity} `) ? who.slice(identity.length + 1) : who})`
  const whither = to === undefined ? '' : ` to ${to}`
  return `${by} from ${network}: ${bucket}${whither}${log === 'access' ? ' (access log)' : ''}`
}

/** An own column of the inventory may tell how many objects a bucket has. */
function objectsIn({ sensitive }: Session): number | undefined {
  const text = sensitive === undefined ? undefined : cell(sensitive, 'x_objects')
  const count = Number(text)
  return text === undefined || !Number.isFinite(count) ? undefined : count
}

/** The countries of the addresses, or why they are not known. */
function countryText(geo: Geo, { latest }: Session, { countries, sent }: Told): string {
  if (countries.size > 0 && sent === undefined) return `country ${[...countries].join(', ')}`
  const { country } = geo.place(latest.event.hit.event.address ?? '')
  return `country unknown: ${country.kind === 'unknown' ? country.reason : 'no address has one'}`
}

/** Whose network the latest call came from, and the rule that decided. */
function networkText(context: Context, { latest }: Session): string {
  const { verdict, rule, entry } = networkVerdict(context, latest.event.hit.event.address)
  return `${verdict} (${codeText(rule)}${entry === undefined ? '' : `, ${entryName(entry)}`})`
}
