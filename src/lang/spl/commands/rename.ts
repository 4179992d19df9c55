import { type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { isNull, not } from '../../../plan/scalars.ts'
import { type Command, printName } from '../command.ts'
import { type Context, fieldOf, fillStars, has, matching, shown } from '../lower/context.ts'
import { chosen } from '../lower/functions/conditions.ts'
import type { Reader } from '../reader.ts'
import type { Name, Renaming } from '../syntax/tree.ts'

export const rename: Command<'rename'> = {
  names: ['rename'],
  read: reader => {
    const pairs: Renaming[] = []
    while (!reader.done) {
      const start = reader.at
      const next = pair(reader)
      if (pairs.some(({ from }) => from.name === next.from.name))
        reader.fail('spl/arguments', `"${next.from.name}" cannot have two new names`, { from: start })
      pairs.push(next)
      reader.separators()
    }
    if (pairs.length === 0) reader.unexpected('what to rename is missing')
    return { pairs }
  },
  lower: ({ pairs }, rows, context) =>
    pairs.reduce((before, { from, to }) => {
      const stars = from.name.includes('*')
      return stars ? renamedAll(before, from, to) : renamed(before, from, to, context)
    }, rows),
  print: ({ pairs }) => pairs.map(({ from, to }) => `${printName(from)} as ${printName(to)}`).join(', '),
}

function pair(reader: Reader): Renaming {
  const from = reader.name()
  if (reader.keyword('as') === undefined) reader.unexpected(`"as" is missing behind "${from.name}"`)
  const to = reader.name('the new name')
  if (!reader.failed && stars(from.name) !== stars(to.name) && stars(from.name) > 0) {
    reader.fail('spl/wildcards', `"${from.name}" and "${to.name}" differ in their number of "*"`)
  }
  return { from, to }
}

function stars(name: string): number {
  return name.split('*').length - 1
}

/** A field that is not there takes the value of the field whose name it would get. */
function renamed(rows: Pipeline, from: Name, to: Name, context: Context): Pipeline {
  if (from.name === to.name) return rows
  if (!has(rows, from.name)) {
    fieldOf(rows, from, context)
    return select(
      rows,
      shown(rows).filter(({ name }) => name !== to.name),
    )
  }
  const columns = shown(rows)
    .filter(({ name }) => name !== to.name)
    .map(named => (named.name === from.name ? { ...named, name: to.name } : named))
  return select(rows, columns)
}

/** Where a row has no value under the old name, it keeps the one that it has under the new name. */
function renamedAll(rows: Pipeline, from: Name, to: Name): Pipeline {
  const renames = new Map(
    matching(rows, from.name).map(({ name, stars: parts }) => [name, fillStars(to.name, parts)]),
  )
  const columns = new Map<string, Scalar>()
  for (const { name, value } of shown(rows)) {
    const after = renames.get(name) ?? name
    const other = columns.get(after)
    const [first, second] = renames.has(name) ? [value, other] : [other ?? value, value]
    columns.set(
      after,
      second === undefined || first === second ? first : chosen([[not(isNull(first)), first]], second),
    )
  }
  return select(
    rows,
    [...columns].map(([name, value]) => ({ name, value })),
  )
}
