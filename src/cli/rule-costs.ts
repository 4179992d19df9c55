import { terminalSafe } from '../core/terminal.ts'
import type { LoadedRule } from '../rules/load.ts'

const SHOWN = 30

/** Prints which rules took how long, all threads together, the most costly first. */
export function printCosts(
  costs: readonly (readonly [id: string, ms: number])[],
  rules: readonly LoadedRule[],
): void {
  const titles = new Map(rules.map(({ rule }) => [rule.meta.id, rule.meta.title]))
  const total = costs.reduce((sum, [, ms]) => sum + ms, 0)
  const lines = costs
    .slice(0, SHOWN)
    .map(([id, ms]) => `${ms.toFixed(1).padStart(12)} ms  ${terminalSafe(`${titles.get(id) ?? ''}  ${id}`)}`)
  const rest = costs.length > SHOWN ? [`  … and ${costs.length - SHOWN} rules that took less`] : []
  process.stderr.write(
    `Time in the conditions of rules: ${total.toFixed(1)} ms\n${[...lines, ...rest].join('\n')}\n`,
  )
}
