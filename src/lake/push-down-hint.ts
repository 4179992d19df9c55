import type { Expr } from '../plan/expr.ts'
import { hiddenField } from '../plan/hidden-path.ts'
import { isValueLeaf } from '../plan/value-leaf.ts'
import { valueTest } from '../scan/value-test.ts'
import { aliasesFor } from '../sources/aliases/aliases.ts'
import { isPlain, type KnownFields } from './known-fields.ts'
import type { PushTarget } from './push-target.ts'

/**
 * What a search that asks more than its condition wants of a lake: a missing field, which the condition lets through, is
 * null in a search too, unless the source has another value for its name. Some read a JSON null as the text `null`. No path is
 * hidden where no key has dots.
 */
export function asHint(condition: Expr, target: PushTarget, known: KnownFields): Expr {
  switch (condition.kind) {
    case 'and':
      return { ...condition, of: condition.of.map(part => asHint(part, target, known)) }
    case 'or': {
      const keepsNull = condition.of.some(part => isValueLeaf(part) && valueTest(part)('null'))
      const kept = condition.of.filter(part => {
        const hidden = hiddenField(part)
        if (hidden !== undefined) return !isPlain(hidden, known)
        return keepsNull || part.kind !== 'null' || mayBeSaid(part.of.name, target)
      })
      return { ...condition, of: kept.map(part => asHint(part, target, known)) }
    }
    default:
      return (isValueLeaf(condition) || condition.kind === 'null') && isMoved(condition.of.name, target)
        ? { kind: 'constant', value: true }
        : condition
  }
}

/** May a search find a value where the event has none? */
function mayBeSaid(field: string, target: PushTarget): boolean {
  return Object.hasOwn(aliasesFor(target.source), field) || isMoved(field, target)
}

/** Do some events have the field under a key with dots? Beside that key searches look elsewhere too. */
function isMoved(field: string, { source, manifest }: PushTarget): boolean {
  const keys = manifest.dottedKeys[source.id] ?? []
  return keys.some(key => field === key || field.startsWith(`${key}.`))
}
