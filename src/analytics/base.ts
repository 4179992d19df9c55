import type { LogSource } from '../core/log-source.ts'
import type { Expr } from '../plan/expr.ts'
import type { Base } from './analytic.ts'

/** A base rule of an analytic. `id` is unique among all of them: `an0370-reads`. */
export function base(told: {
  readonly id: string
  readonly title: string
  readonly logsource: LogSource
  readonly where: Expr
  readonly carry: readonly string[]
}): Base {
  const { id, title, logsource, where, carry } = told
  return {
    carry,
    rule: {
      kind: 'detection',
      meta: {
        id,
        title,
        level: 'informational',
        references: [],
        tags: [],
        falsepositives: [],
        fields: [],
        related: [],
      },
      logsource,
      where,
      origin: { file: 'builtin', document: 0, line: 1 },
    },
  }
}
