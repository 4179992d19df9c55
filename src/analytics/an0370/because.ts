import { bytesText, counted, firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import { approvalText } from './approval.ts'
import { decisionText } from './decide.ts'
import { mainKind, type Session, type Told } from './session.ts'

/** Why, line by line. */
export function becauseOf(session: Session, told: Told): readonly string[] {
  const { news, usual, deniedThenAllowed, denied } = session
  const { pace, objects, withoutBytes, decision, newDestinations } = told
  const volume =
    usual === undefined
      ? 'too little past to say what is usual for the bucket'
      : `of ${usual.n} earlier volumes of the bucket the median is ${bytesText(usual.median)}, p99 ${bytesText(usual.p99)}`
  return [
    `${decision.destination}: ${decisionText(decision)}`,
    `approved workflow: ${approvalText(told.approval)}`,
    ...sentLines(told),
    ...(objects === 0
      ? []
      : [
          `at most ${counted(pace.peakObjects, 'object')} in 10m, ${withoutBytes === objects ? 'bytes not logged' : bytesText(pace.peakBytes)}; ${volume}`,
        ]),
    ...news.axes.map(({ axis, value }) => `new: ${axis} ${value}`),
    ...[...newDestinations].map(value => `new: destination ${value}`),
    ...(news.known
      ? []
      : [
          `too little past of the bucket or the identity to say what ${news.axes.length + newDestinations.size === 0 ? '' : 'else '}is new`,
        ]),
    ...(deniedThenAllowed ? [`refused ${counted(denied, 'time')}, and let through`] : []),
  ]
}

/** What the logs of these events do not tell. */
export function caveatsOf({ latest, log }: Session, told: Told): readonly string[] {
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
    ...(told.sent === undefined || told.unobserved !== undefined
      ? []
      : [
          'flow logs show no content: that what left is what was read is inferred from machine, time and amount',
        ]),
    ...(told.paths.beyond > 0 ? ['not all objects could be told apart for want of room'] : []),
  ]
}

/** What left a machine, and what it had read before. */
function sentLines({ sent, objects, bytes, unobserved }: Told): readonly string[] {
  if (sent === undefined) return []
  const { machine, connections, from, to } = sent
  const span = from === to ? `at ${isoTime(from)}` : `from ${isoTime(from)} to ${isoTime(to)}`
  const what = `${bytesText(sent.bytes)} left ${machine} in ${counted(connections, 'connection')} ${span}`
  if (unobserved !== undefined)
    return [what, `nobody can say of what: reads of ${firstFew(unobserved, 3)} are not recorded`]
  return [`${what}, after it had read ${counted(objects, 'object')} (${bytesText(bytes)})`]
}
