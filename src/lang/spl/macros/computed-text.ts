import { type Outcome, ok, Problems, refused, type Span } from '../../../core/diagnostic.ts'
import { Reader } from '../reader.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { constantOf, NotConstant } from './evaluate.ts'

/** The text that an eval expression without fields gives, or why it gives none. */
export function computedText(definition: string, at: Span): Outcome<string> {
  const problems = new Problems()
  const parsing = { text: definition, place: () => at, problems, search: () => ({ stages: [], at }) }
  const reader = new Reader(parsing, { start: 0, end: definition.length })
  const expression = readExpression(reader)
  reader.finish()
  if (reader.failed) return refused(problems.list)
  try {
    const value = constantOf(expression)
    if (typeof value === 'string' || typeof value === 'number') return ok(String(value), [])
    problems.error('spl/unsupported-macro', 'it gives no text')
  } catch (thrown) {
    if (!(thrown instanceof NotConstant)) throw thrown
    problems.error('spl/unsupported-macro', thrown.message)
  }
  return refused(problems.list)
}
