import { counted } from '../core/quantity.ts'
import type { FileEnd, FileEntry, RuleEnd } from '../findings/ledger.ts'

/** What became of files, as words after their number. */
export const FILE_ENDS: Record<FileEnd, string> = {
  read: 'read',
  damaged: 'damaged',
  failed: 'failed',
  'not-a-log': 'not a log',
  skipped: 'skipped',
}

/** What became of rules, as words after their number. */
export const RULE_ENDS: Record<RuleEnd, string> = {
  ran: 'ran',
  refused: 'refused',
  'no-such-logs': 'about logs that are not here',
  'never-able': 'never able to match here',
  'not-run': 'run by hunt, and by timeline --correlations',
  'no-context': 'in want of --context',
  excluded: 'left out by a filter',
}

/** The files of which something is to be told, those that lost something first. */
export function troubled(files: readonly FileEntry[]): readonly FileEntry[] {
  return files
    .filter(file => loses(file) || file.problems_total > 0)
    .sort((a, b) => Number(loses(b)) - Number(loses(a)))
}

/** What happened to a file: its first problem (one that lost something, if there is one), and how many others there were. */
export function troubleText({ problems, problems_total }: FileEntry): string {
  const first = problems.find(({ lost }) => lost) ?? problems[0]
  const place = first?.record === undefined ? '' : ` (record ${first.record})`
  const rest = problems_total > 1 ? `, and ${counted(problems_total - 1, 'other problem')}` : ''
  return `${first?.message ?? ''}${place}${rest}`
}

function loses({ end, problems }: FileEntry): boolean {
  return end === 'damaged' || end === 'failed' || problems.some(({ lost }) => lost)
}
