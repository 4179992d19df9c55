import { printLeaf } from '../plan/print.ts'
import type { Verdict } from '../scan/explain.ts'

/** A verdict as an indented tree: `+` where a part holds, `-` where it does not, and the values that a test saw. */
export function verdictLines(verdict: Verdict): readonly string[] {
  const { expr, holds, values, inside } = verdict
  const mark = holds ? '+' : '-'
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const label = expr.label === undefined ? '' : ` "${expr.label}"`
      return [`${mark} ${expr.kind}${label}`, ...inside.flatMap(verdictLines).map(line => `  ${line}`)]
    }
    case 'not':
      return [`${mark} not`, ...inside.flatMap(verdictLines).map(line => `  ${line}`)]
    case 'constant':
    case 'keyword':
      return [`${mark} ${printLeaf(expr)}`]
    default: {
      const seen =
        values.length === 0
          ? 'the field is missing'
          : `the event has ${values.map(value => JSON.stringify(value)).join(', ')}`
      return [`${mark} ${printLeaf(expr)}   (${seen})`]
    }
  }
}
