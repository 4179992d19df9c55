import type { Finding } from '../../src/findings/finding.ts'
import { FindingGroups } from '../../src/findings/group.ts'
import { hit, rule, START } from './hits.ts'

/** A finding as the groups make it of two hits; what is given replaces what it says. */
export function finding(more: Partial<Finding> = {}): Finding {
  const groups = new FindingGroups([rule])
  groups.add(hit(0, START))
  groups.add(hit(1, START + 1000))
  const [made] = [...groups.finish()]
  if (made === undefined) throw new Error('no finding')
  return { ...made, ...more }
}
