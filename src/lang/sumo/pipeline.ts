import { nearest } from '../../core/nearest.ts'
import { isAggregate } from './aggregates.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import { OPERATORS, operatorNamed, operatorNames } from './operators/index.ts'
import type { Reading } from './reading.ts'
import { readScope } from './scope.ts'
import { type Piece, split } from './split.ts'
import type { Pipeline, Stage, StageKind } from './syntax.ts'
import type { Token } from './tokens.ts'

/** Reads a pipeline; unless it must start with a scope it may start with an operator. */
export function readPipeline(
  reading: Reading,
  range: Piece,
  depth: number,
  starts: 'scope' | 'either',
): Pipeline {
  const at = reading.places(range.start, range.end)
  const cut = split(reading.text, range)
  for (const [start, end] of cut.loose) reading.loose.set(start, end)
  for (const start of cut.unclosed) unclosed(reading, start)
  const [first = range, ...rest] = cut.pieces
  if (depth > limits.pipelines || rest.length > limits.stages) {
    new Cursor(reading, range, depth).fail('sumo/limits', 'the query has too many stages', range.start)
    return { stages: [], at }
  }
  const begins =
    starts === 'either' ? startsWithOperator(reading, first, depth) : startsWithTable(reading, first)
  const pieces = begins ? [first, ...rest] : rest
  const scope = pieces.length === rest.length ? { scope: readScope(reading, first, depth) } : {}
  const stages = pieces.map((piece, index) => readStage(reading, piece, depth, index === pieces.length - 1))
  return { ...scope, stages, at }
}

function unclosed(reading: Reading, start: number): void {
  const quote = reading.text[start] === '"'
  const message = quote ? 'this text is not closed' : 'this parenthesis is not closed'
  new Cursor(reading, { start, end: start + 1 }, 0).fail(
    'sumo/unclosed',
    message,
    start,
    `add ${quote ? 'a quote' : '")"'}`,
  )
}

/** `cat path://…` stands in place of a scope, and so does one with a path of the library. */
function startsWithTable({ text }: Reading, { start, end }: Piece): boolean {
  return /^\s*cat\s+"?(?:(?:path|sumo|https?):\/\/|\/?(?:library|shared)\/)/i.test(
    text.slice(start, Math.min(end, start + 100)),
  )
}

function startsWithOperator(reading: Reading, piece: Piece, depth: number): boolean {
  const cursor = new Cursor(reading, piece, depth)
  return cursor.atEnd || kindOf(cursor) !== undefined
}

function readStage(reading: Reading, piece: Piece, depth: number, last: boolean): Stage {
  const cursor = new Cursor(reading, piece, depth)
  const at = placeOf(cursor, piece)
  if (cursor.atEnd) {
    cursor.report('warning', 'sumo/empty-stage', 'nothing stands behind this pipe', {
      start: piece.start - 1,
    })
    return { op: 'nothing', at }
  }
  const kind = kindOf(cursor) ?? (startsExpression(cursor) ? 'expression' : undefined)
  if (kind === undefined) return unknownOperator(cursor, at)
  const stage = OPERATORS[kind].parse(cursor, at, takeName(cursor, kind))
  if (!cursor.failed && !cursor.atEnd) trailing(cursor, stage, last)
  return cursor.failed ? { op: 'unknown', at, text: reading.text.slice(at.start, at.end) } : stage
}

function placeOf(cursor: Cursor, piece: Piece) {
  const text = cursor.reading.text.slice(cursor.start, piece.end)
  return cursor.reading.places(cursor.start, cursor.start + text.trimEnd().length)
}

/** The kind of stage that stands here, if it starts with the name of an operator and is not an expression over a field so called. */
function kindOf(cursor: Cursor): StageKind | undefined {
  const first = cursor.peek()
  if (first.kind !== 'word') return undefined
  const second = cursor.peekSecond()
  const pair = second.kind === 'word' ? operatorNamed(`${first.text} ${second.text}`) : undefined
  if (pair !== undefined) return pair
  const kind = operatorNamed(first.text)
  return kind === undefined || isFieldBefore(first, second, kind) ? undefined : kind
}

/** `total / 2 as x` and `first as x` are about fields. */
function isFieldBefore({ text }: Token, second: Token, kind: StageKind): boolean {
  if (second.kind === 'symbol') {
    if (['/', '*', '%', '?', '=', '!=', '<', '>'].includes(second.text))
      return !['lookup', 'save', 'cat'].includes(kind)
    return kind === 'aggregate' && ['+', '-'].includes(second.text)
  }
  if (second.text.toLowerCase() !== 'as') return false
  return kind === 'aggregate' ? text.toLowerCase() !== 'count' : kind !== 'timeslice'
}

/** Takes the name of the operator and gives it in lower case; nothing of an expression. */
function takeName(cursor: Cursor, kind: StageKind): string {
  if (kind === 'expression') return ''
  const first = cursor.next().text.toLowerCase()
  const { names } = OPERATORS[kind]
  if (names.includes(first) && !names.includes(`${first} ${cursor.peek().text.toLowerCase()}`)) return first
  return `${first} ${cursor.next().text.toLowerCase()}`
}

/** Is this a value and not the name of an operator that nobody knows? */
function startsExpression(cursor: Cursor): boolean {
  if (cursor.peek().kind !== 'word') return true
  const second = cursor.peekSecond()
  if (second.kind === 'symbol') return second.text !== ','
  return ['as', 'and', 'or', 'in', 'matches', 'contains', 'not'].includes(second.text.toLowerCase())
}

function unknownOperator(cursor: Cursor, at: Stage['at']): Stage {
  const { text, start } = cursor.peek()
  const near = nearest(text, operatorNames)
  const known = `known are ${operatorNames.join(', ')}`
  const help = near === undefined ? known : `did you mean "${near}"? ${known}`
  const end = cursor.peek().end
  cursor.report('error', 'sumo/unknown-operator', `there is no operator "${text}"`, { start, end, help })
  return { op: 'unknown', at, text: cursor.rest() }
}

const BEFORE_PROSE: readonly StageKind[] = ['sort', 'limit', 'top']

/** Something stands behind a stage: a page's prose behind a query that was copied, or a mistake. */
function trailing(cursor: Cursor, stage: Stage, last: boolean): void {
  const { start, text, kind } = cursor.peek()
  if (last && kind === 'word' && BEFORE_PROSE.includes(stage.op)) {
    const words = cursor.rest().slice(0, 40)
    cursor.report('warning', 'sumo/trailing-text', `the text that follows is left out: "${words}…"`, {
      start,
      help: 'remove it',
    })
    return
  }
  const name = isAggregate(text) ? 'a comma is missing before' : 'nothing can follow here: there stands'
  cursor.fail('sumo/syntax', `${name} "${text}"`, start)
}
