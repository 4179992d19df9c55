import { absenceAttempts } from './absences.ts'
import type { Attempt, Tried } from './attempt.ts'
import { chainAttempts } from './chains.ts'
import { firstSeenAttempts } from './first-seen.ts'
import { volumeAttempts } from './volumes.ts'
import { windowAttempts } from './windows.ts'

/** What every group of a rule came to: why it holds, or what it falls short of. For few events: it runs the rule several times. */
export function attemptsOf(tried: Tried): readonly Attempt[] {
  const { rule } = tried
  switch (rule.type) {
    case 'chain':
      return chainAttempts({ ...tried, rule })
    case 'first_seen':
      return firstSeenAttempts({ ...tried, rule })
    case 'volume':
      return volumeAttempts({ ...tried, rule })
    case 'absence':
      return absenceAttempts({ ...tried, rule })
    default:
      return windowAttempts({ ...tried, rule })
  }
}
