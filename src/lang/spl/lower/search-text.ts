import type { Lowering } from '../../../plan/lowering.ts'
import { finished, limit, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { numberOf, optionOf } from '../options.ts'
import { quote } from '../syntax/text.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'

/** Rows that become text at most. */
const MOST = 10_000

/** What `return` does: the first rows as the text of a condition, or as bare values. */
export function* returnedText(stage: Stages['return'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  for (const { field } of stage.fields) fieldOf(rows, field, context)
  const answer = yield {
    relation: finished(limit(rows, stage.count)),
    limit: stage.count,
    why: 'rows to return',
  }
  const texts = answer.rows.map(row => {
    const parts = stage.fields.flatMap(({ alias, value, field }) =>
      cells(row[field.name]).map(cell =>
        value ? named(cell) : `${named(alias ?? field.name)}=${quote(cell)}`,
      ),
    )
    return parts.length > 1 || (parts.length > 0 && stage.count > 1)
      ? `(${parts.join(' ')})`
      : (parts[0] ?? '')
  })
  return oneText(texts.filter(text => text !== '').join(' OR '))
}

/** The six texts between and around rows and their fields, as Splunk has them unless told otherwise. */
const MARKS = ['(', '(', 'AND', ')', 'OR', ')'] as const

/** What `format` says of no rows at all. */
const NONE = 'NOT( )'

/** What `format` does: all rows as the text of a condition. */
export function* formatted({ marks, options }: Stages['format'], rows: Pipeline): Lowering<Pipeline> {
  const names = visible(rows)
    .map(({ name }) => name)
    .filter(name => !name.startsWith('_'))
    .sort()
  const most = numberOf(options, 'maxresults', 0)
  const count = most > 0 ? Math.min(most, MOST) : MOST
  const answer = yield { relation: finished(limit(rows, count)), limit: count, why: 'rows to format' }
  const [first, open, and, close, or, last] = marks.length === MARKS.length ? marks : MARKS
  const between = ` ${optionOf(options, 'mvsep') ?? 'OR'} `
  const texts = answer.rows.map(row => {
    const parts = names.flatMap(name => oneField(name, cells(row[name]), between))
    return parts.length === 0 ? '' : `${open} ${parts.join(` ${and} `)} ${close}`
  })
  const some = texts.filter(text => text !== '')
  if (some.length === 0) return oneText(optionOf(options, 'emptystr') ?? NONE)
  return oneText(`${first} ${some.join(` ${or} `)} ${last}`)
}

/** Of a field of several values any may be met. */
function oneField(name: string, values: readonly string[], between: string): readonly string[] {
  const tests = values.map(value => `${named(name)}=${quote(value)}`)
  if (tests.length < 2) return tests
  return [`( ${tests.join(between)} )`]
}

/** A name or a value, in quotes unless it is one word that means nothing else. */
function named(name: string): string {
  return /^[\w.{}:@-]+$/.test(name) && !/^(AND|OR|NOT|IN)$|::/i.test(name) ? name : quote(name)
}

function oneText(text: string): Pipeline {
  const rows = text === '' ? [] : [[text]]
  return { relation: { op: 'rows', columns: [{ name: 'search', type: 'text' }], rows }, order: [] }
}

function cells(cell: Cell | undefined): readonly string[] {
  if (cell === undefined || cell === null) return []
  return typeof cell === 'object' ? cell : [String(cell)]
}
