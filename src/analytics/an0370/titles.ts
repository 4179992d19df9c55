import type { MoveKind } from './move.ts'
import { mainKind, type Session, type Told } from './session.ts'
import type { Settings } from './settings.ts'

const SUBJECTS: Record<MoveKind, readonly [subject: string, verb: string]> = {
  read: ['Objects', 'read'],
  list: ['Objects', 'listed'],
  copy: ['Objects', 'copied'],
  write: ['Data', 'written'],
  replication: ['Objects', 'replicated'],
  job: ['Data', 'copied by a job'],
  grant: ['Objects', 'opened'],
  share: ['Snapshot, image or other resource', 'shared'],
  departure: ['Objects', 'read by an own machine, which then sent data'],
}

/** `Objects of a sensitive bucket copied to an external destination` */
export function titleOf(session: Session, told: Told, settings: Settings): string {
  const kind = mainKind(told)
  if (told.unobserved !== undefined)
    return 'Much data sent to outside by an own machine, while reads of sensitive buckets are not recorded'
  const [subject, verb] = SUBJECTS[kind]
  const of = settings.isSensitive(session.sensitive) ? ' of a sensitive bucket' : ''
  return `${subject}${of} ${verb} ${place(told)}${told.succeeded === 0 ? ' (refused)' : ''}`
}

function place({ approval, decision, explicit }: Told): string {
  if (approval.verdict === 'approved') return 'on an approved path'
  if (approval.verdict === 'approved-with-deviation') return 'on an approved path, with deviation'
  if (explicit) return `to an ${decision.verdict} destination`
  return decision.verdict === 'external' ? 'from outside' : `from an ${decision.verdict} place`
}
