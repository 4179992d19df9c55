import type { Context } from '../../context/context.ts'
import { identityClass } from '../../context/identity-class.ts'
import { networkVerdict } from '../../context/network-verdict.ts'
import { cell, entryName } from '../../context/row.ts'
import { bytesText, counted } from '../../core/quantity.ts'
import type { Finding } from '../../findings/finding.ts'
import type { AnalyticResult, FoundObject, World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { answersOf } from './answers.ts'
import { approvalOf, approvalText, worse } from './approval.ts'
import type { Coverage } from './coverage.ts'
import { decisionText } from './decide.ts'
import { levelOf, riskOf } from './score.ts'
import { mainKind, type Session, type Told } from './session.ts'
import type { Settings } from './settings.ts'
import { titleOf } from './titles.ts'

interface Desk {
  readonly world: World
  readonly settings: Settings
  readonly cases: Cases
  readonly cleared: Map<string, string>
  readonly coverage: Coverage
}

interface Report {
  readonly finding: Finding
  readonly events: number
  readonly session: Session
}

/** Makes findings of sessions that are over. */
export class Reports {
  private readonly desk: Desk
  private readonly reports: Report[] = []
  /** Reads from outside of buckets that no inventory calls sensitive: how many objects, and of how many sessions. */
  private unclassified = { sessions: 0, objects: 0 }

  constructor(desk: Desk) {
    this.desk = desk
  }

  close(session: Session): void {
    const { told } = session
    if (told === undefined) return
    this.judgeVolume(session, told)
    if (this.isApprovedAway(told) || !this.isWorthTelling(session, told)) {
      this.clear(session, told)
      told.paths.release()
      this.desk.cases.drop(told.case)
      return
    }
    this.clear(session, told)
    const events = told.case.count
    this.reports.push({ session, events, finding: this.findingOf(session, told) })
  }

  finish(): Pick<AnalyticResult, 'findings' | 'hits' | 'objects' | 'notes'> {
    const { coverage } = this.desk
    // What an audit log shows is shown by access logs once more.
    const kept = this.reports.filter(
      ({ session }) => session.log === 'audit' || !coverage.isAudited(session.bucket),
    )
    const caveats = coverage.caveats()
    const { sessions, objects } = this.unclassified
    return {
      findings: kept.map(({ finding }) => ({
        ...finding,
        ...(caveats.length === 0 ? {} : { caveats: [...new Set([...(finding.caveats ?? []), ...caveats])] }),
      })),
      objects: () => objectsOf(kept),
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
  private judgeVolume({ latest }: Session, told: Told): void {
    if (told.approval.verdict !== 'approved' || told.withoutBytes > 0 || told.objects === 0) return
    told.approval = worse(told.approval, approvalOf(this.desk.world.context, latest, told.bytes))
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

  private clear({ doubted }: Session, { approval }: Told): void {
    if (approval.verdict !== 'approved') return
    for (const id of doubted) this.desk.cleared.set(id, `approved: ${approvalText(approval)}`)
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
    const answers = answersOf(session, told, { class: verdict, network: networkText(world.context, session) })
    return cases.finding(told.case, {
      entity: { kind: 'transfer', value: entityOf(session) },
      level: levelOf(risk.score, session, told, settings),
      title: titleOf(session, told, settings),
      because: because(session, told),
      sections: { answers, risk, caveats: caveatsOf(session, told) },
    })
  }
}

function* objectsOf(reports: readonly Report[]): Generator<FoundObject> {
  for (const { finding, session } of reports)
    for (const object of session.told?.paths.all() ?? [])
      yield { finding: finding.id, bucket: session.bucket, object }
}

/** Who, by which session or key, from where, with which bucket. */
function entityOf({ key, identity }: Session): string {
  const [who = '', network = '', bucket = '', log] = JSON.parse(key) as readonly string[]
  const by =
    who === identity
      ? who
      : `${identity} (${who.startsWith(`${identity} `) ? who.slice(identity.length + 1) : who})`
  return `${by} from ${network}: ${bucket}${log === 'access' ? ' (access log)' : ''}`
}

/** An own column of the inventory may tell how many objects a bucket has. */
function objectsIn({ sensitive }: Session): number | undefined {
  const text = sensitive === undefined ? undefined : cell(sensitive, 'x_objects')
  const count = Number(text)
  return text === undefined || !Number.isFinite(count) ? undefined : count
}

/** Whose network the latest call came from, and the rule that decided. */
function networkText(context: Context, { latest }: Session): string {
  const { verdict, rule, entry } = networkVerdict(context, latest.event.hit.event.address)
  return `${verdict} (${rule}${entry === undefined ? '' : `, ${entryName(entry)}`})`
}

function because(session: Session, told: Told): readonly string[] {
  const { news, usual, deniedThenAllowed, denied } = session
  const { pace, objects, withoutBytes, decision, newDestinations } = told
  const volume =
    usual === undefined
      ? 'too little past to say what is usual for the bucket'
      : `of ${usual.n} earlier volumes of the bucket the median is ${bytesText(usual.median)}, p99 ${bytesText(usual.p99)}`
  return [
    `${decision.destination}: ${decisionText(decision)}`,
    `approved workflow: ${approvalText(told.approval)}`,
    ...(objects === 0
      ? []
      : [
          `at most ${counted(pace.peakObjects, 'object')} in 10m, ${withoutBytes === objects ? 'bytes not logged' : bytesText(pace.peakBytes)}; ${volume}`,
        ]),
    ...news.axes.map(({ axis, value }) => `new: ${axis} ${value}`),
    ...[...newDestinations].map(value => `new: destination ${value}`),
    ...(news.known ? [] : ['too little past of the bucket or the identity to say what is new']),
    ...(deniedThenAllowed ? [`refused ${counted(denied, 'time')}, and let through`] : []),
  ]
}

function caveatsOf({ latest, log }: Session, told: Told): readonly string[] {
  const kind = mainKind(told)
  const lendable = [...told.credentials.values()]
  return [
    ...told.caveats,
    ...(lendable.includes('presigned')
      ? ['that a presigned address is made is never logged, only that it is used']
      : []),
    ...(lendable.includes('signed-address')
      ? ['that a signature is made with an account key is never logged']
      : []),
    ...(kind === 'replication' ? ['what replication copies afterwards is not in the log of the source'] : []),
    ...(kind === 'copy' && told.withoutBytes > 0
      ? ['the log of a copy does not tell the size of the object']
      : []),
    ...(log === 'access' ? ['access logs come late, incomplete and without sessions'] : []),
    ...(latest.source === undefined && latest.thing === undefined
      ? ['the log does not tell from where the data is']
      : []),
    ...(told.paths.beyond > 0 ? ['not all objects could be told apart for want of room'] : []),
  ]
}
