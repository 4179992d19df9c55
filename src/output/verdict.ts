import { counted, thousands } from '../core/quantity.ts'
import type { LedgerTotals } from '../findings/ledger.ts'
import type { Report } from './report.ts'

/** How many findings there are, and in what: sentences that never call good what was not looked at. */
export function verdict({ findings, ledger }: Report): string {
  const { totals } = ledger
  const unable = totals.rules['never-able'] ?? 0
  const ran = (totals.rules.ran ?? 0) + unable
  const events = counted(totals.distinct, 'event')
  const rules = counted(ran, 'rule')
  if (findings.length > 0) return `${counted(findings.length, 'finding')}. ${rules} ran over ${events}.`
  if (totals.distinct === 0) {
    return `No findings, because no event ${totals.outside > 0 ? 'is in the time range' : 'was read'}.`
  }
  if (ran === 0) return 'No findings, because no rule ran.'
  const rest =
    unable === 0 ? '' : ` ${thousands(unable)} of them could not have: a field they need was never seen.`
  return totals.lost || totals.interrupted
    ? `No findings in what could be read: ${rules} ran over ${events}.${rest}`
    : `No findings: none of ${rules} matched any of ${events}.${rest}`
}

/** What was lost, as sentences; absent if nothing was. */
export function lossText(totals: LedgerTotals): string | undefined {
  const ended = totals.interrupted ? 'It was interrupted before everything was read.' : undefined
  const loss = totals.lost ? lossSentence(totals) : undefined
  return ended === undefined || loss === undefined ? (ended ?? loss) : `${ended} ${loss}`
}

function lossSentence(totals: LedgerTotals): string {
  const losses = [
    ...(totals.files_lost > 0
      ? [`${totals.files_lost} of ${counted(totals.files, 'file')} could not be read in full`]
      : []),
    ...(totals.failed > 0 ? [`${counted(totals.failed, 'record')} could not be read`] : []),
  ]
  if (losses.length > 0) return `Some of the input was lost: ${losses.join('; ')}.`
  const refused = totals.rules.refused ?? 0
  return refused > 0
    ? `Not every rule ran: ${counted(refused, 'rule')} refused.`
    : 'Not every rule or search could be run as it is.'
}
