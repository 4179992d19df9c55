import type { Cursor } from './cursor.ts'
import { printAlias, printName, printText } from './print-parts.ts'
import type { Merged } from './syntax-parts.ts'

const HOWS: ReadonlyMap<string, NonNullable<Merged['how']>> = new Map([
  ['takefirst', 'takeFirst'],
  ['takelast', 'takeLast'],
  ['takedistinct', 'takeDistinct'],
  ['count', 'count'],
  ['sum', 'sum'],
  ['min', 'min'],
  ['max', 'max'],
  ['avg', 'avg'],
])

/** `a takeFirst, b join with "\n" as d, c`. */
export function merged(cursor: Cursor): readonly Merged[] {
  const fields = [one(cursor)]
  while (cursor.symbol(',')) fields.push(one(cursor))
  return fields
}

export function printMerged(fields: readonly Merged[]): string {
  return fields
    .map(({ field, how, joinWith, as }) => {
      const joined = joinWith === undefined ? '' : ` join with ${printText(joinWith)}`
      return `${printName(field)}${how === undefined ? '' : ` ${how}`}${joined}${printAlias(as)}`
    })
    .join(', ')
}

function one(cursor: Cursor): Merged {
  const field = cursor.name()
  const how = cursor.peek().kind === 'word' ? HOWS.get(cursor.peek().text.toLowerCase()) : undefined
  if (how !== undefined) cursor.next()
  return { field, ...(how === undefined ? {} : { how }), ...separator(cursor), ...cursor.alias() }
}

/** `join with "\n"`, if it stands here. */
function separator(cursor: Cursor): Pick<Merged, 'joinWith'> {
  if (!cursor.word('join')) return {}
  cursor.expectWord('with')
  return { joinWith: cursor.text() }
}
