import type { Expr } from '../plan/expr.ts'

/** What a condition could still be, when some fields never occur. */
interface Ability {
  readonly maybeTrue: boolean
  readonly maybeFalse: boolean
}

const either: Ability = { maybeTrue: true, maybeFalse: true }
const onlyTrue: Ability = { maybeTrue: true, maybeFalse: false }
const onlyFalse: Ability = { maybeTrue: false, maybeFalse: true }

/** Can the condition hold for any event, if no event has a field for which `occurs` is false? */
export function canMatch(expr: Expr, occurs: (field: string) => boolean): boolean {
  return ability(expr, occurs).maybeTrue
}

function ability(expr: Expr, occurs: (field: string) => boolean): Ability {
  switch (expr.kind) {
    case 'and': {
      const parts = expr.of.map(inner => ability(inner, occurs))
      return {
        maybeTrue: parts.every(part => part.maybeTrue),
        maybeFalse: parts.some(part => part.maybeFalse),
      }
    }
    case 'or': {
      const parts = expr.of.map(inner => ability(inner, occurs))
      return {
        maybeTrue: parts.some(part => part.maybeTrue),
        maybeFalse: parts.every(part => part.maybeFalse),
      }
    }
    case 'not': {
      const inner = ability(expr.of, occurs)
      return { maybeTrue: inner.maybeFalse, maybeFalse: inner.maybeTrue }
    }
    case 'constant':
      return expr.value ? onlyTrue : onlyFalse
    case 'keyword':
      return either
    case 'null':
      return occurs(expr.of.name) ? either : onlyTrue
    case 'same':
      return occurs(expr.of.name) && occurs(expr.other.name) ? either : onlyFalse
    default:
      return occurs(expr.of.name) ? either : onlyFalse
  }
}
