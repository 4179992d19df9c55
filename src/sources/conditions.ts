import { type Expr, field } from '../plan/expr.ts'
import { any } from '../plan/pattern.ts'

/** The field is this text, whatever its case. */
export function is(name: string, text: string): Expr {
  return { kind: 'match', of: field(name), pattern: [text], caseless: true }
}

/** The field begins with this text, whatever its case. */
export function begins(name: string, text: string): Expr {
  return { kind: 'match', of: field(name), pattern: [text, any], caseless: true }
}

/** The field is one of these numbers. */
function among(name: string, values: readonly number[]): Expr {
  return or(values.map(value => ({ kind: 'number', of: field(name), value, text: String(value) }) as const))
}

/** One of them holds. */
export function or(of: readonly Expr[]): Expr {
  const [only] = of
  return of.length === 1 && only !== undefined ? only : { kind: 'or', of }
}

/** All that are there hold; `undefined` if none is there. */
export function and(of: readonly (Expr | undefined)[]): Expr | undefined {
  const there = of.filter(one => one !== undefined)
  const [only] = there
  return there.length > 1 ? { kind: 'and', of: there } : only
}

/** Events of these channels, with one of these numbers if there are any. */
export function eventsOf(channels: readonly string[], ids: readonly number[] = []): Expr {
  const channel = or(channels.map(name => is('Channel', name)))
  return ids.length === 0 ? channel : { kind: 'and', of: [channel, among('EventID', ids)] }
}
