import type { ImageVerdict } from '../../context/image-verdict.ts'
import { entryName } from '../../context/row.ts'
import { durationText } from '../../core/duration.ts'
import { codeText } from '../words.ts'
import type { Judgement } from './judge.ts'
import { startedByPerson } from './session.ts'
import type { Telling } from './telling.ts'

/** `… launched in the console, and egress at once`, or what of it is missing. */
export function titleOf({ chain, egress, verdict, fetched }: Judgement): string {
  const image = SUBJECTS.get(verdict.provenance) ?? 'External or unknown image'
  const how = startedByPerson(chain.session) ? 'in the console' : 'without a console'
  if (egress === 'within') return `${image} launched ${how}, and egress at once (AN1318)`
  const what: Record<Exclude<typeof egress, 'within'>, string> = {
    late: 'egress only after the window',
    none: 'egress not observed',
    'not-observable': 'egress not observable',
    'logs-end': 'the logs end too early',
  }
  if (chain.alerts.length > 0 && egress !== 'late')
    return `${image} launched ${how}: ${what[egress]}, but GuardDuty tells of the machine (AN1318)`
  if (fetched !== undefined && egress !== 'late')
    return `${image} launched ${how}: ${what[egress]}, but it read a bucket that is not ours (AN1318)`
  const word = startedByPerson(chain.session) ? 'incomplete chain' : 'image only'
  return `${image} launched ${how}: ${word}, ${what[egress]} (AN1318)`
}

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['internal-unapproved', 'Unapproved image of the organisation'],
  ['approval-expired', 'Image whose approval has expired'],
])

/** The lines that say why. */
export function becauseOf(judgement: Judgement, { windows }: Telling): readonly string[] {
  const { chain, verdict, egress, worse, blindness, first, noInventory, workflow, fetched } = judgement
  const { session } = chain
  const likely = session.probable ? 'probably ' : ''
  const wait = first === undefined ? '' : durationText(first.flow.event.time - chain.from)
  const strong = first !== undefined && first.flow.event.time - chain.from <= windows.strong
  const third: Record<typeof egress, string> = {
    within: `egress ${wait} later, within ${durationText(strong ? windows.strong : windows.usual)} (${strong ? 'strong' : 'usual'} window)`,
    late: `egress ${wait} later, after the window of ${durationText(windows.usual)}: weak`,
    none: `egress not observed, though the flow log of the network was read`,
    'not-observable': `egress not observable: ${blindness}`,
    'logs-end': `egress not observed: the logs end before ${durationText(windows.usual)} were over`,
  }
  return [
    `session: ${likely}${session.kind} (${session.reasons.join('; ')})`,
    `image ${chain.image}: ${originText(verdict)}`,
    third[egress],
    ...(worse.length > 0 ? worse : chain.alerts.slice(0, 3).map(({ type }) => `GuardDuty says ${type}`)),
    ...(fetched === undefined
      ? []
      : [
          `its role read bucket ${fetched.bucket}, ${fetched.whose}, ${durationText(fetched.event.time - chain.from)} later`,
        ]),
    ...(noInventory ? ['neither images nor approved_images are given: every image is unknown'] : []),
    ...(workflow === undefined ? [] : [`approved by ${entryName(workflow)}`]),
  ]
}

/** `unknown (no-entry: neither the trail nor an inventory tells whose it is)` */
export function originText({ provenance, rule, entry }: ImageVerdict): string {
  const parts = [codeText(rule), ...(entry === undefined ? [] : [entryName(entry)])]
  return `${provenance} (${parts.join(', ')})`
}
