import type { Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { Expr } from '../../plan/expr.ts'
import { one } from '../../plan/pattern.ts'
import { readPattern } from '../../plan/read-pattern.ts'
import { buildItem } from './build.ts'
import { readFieldName } from './field-name.ts'
import { limits } from './limits.ts'
import { goTogether, round, suitsKeywords } from './modifiers/families.ts'
import { modifierNamed, modifierNames } from './modifiers/index.ts'
import {
  asText,
  changeEach,
  type Item,
  type Modifier,
  type Operand,
  type Value,
} from './modifiers/modifier.ts'
import type { ItemKey, Reading } from './reading.ts'
import { kindOf, type Tree, type TreeEntry, type TreeScalar } from './tree.ts'

/** Reads `field|modifier|…: value`; an empty field name stands for the whole event. */
export function readItem(entry: TreeEntry, reading: Reading): Expr | undefined {
  const [name = '', ...words] = entry.key.split('|')
  const key = { field: readFieldName(name, entry.keyAt, reading.problems), at: entry.keyAt }
  const modifiers = readModifiers(words, key, reading)
  const values = readValues(entry, reading)
  return modifiers === undefined || values === undefined ? undefined : finish(key, values, modifiers, reading)
}

/** Reads values that stand without a field name: each is looked for in the whole event. */
export function readKeywords(trees: readonly Tree[], at: Span, reading: Reading): Expr | undefined {
  const values = trees.flatMap(tree => readValue(tree, reading) ?? [])
  return values.length < trees.length ? undefined : finish({ field: '', at }, values, [], reading)
}

function finish(
  key: ItemKey,
  values: readonly Value[],
  modifiers: readonly Modifier[],
  reading: Reading,
): Expr | undefined {
  const { problems } = reading
  const before = problems.list.length
  const start: Item = { values, how: 'equals', caseless: true, every: false, negated: false }
  const item = [...modifiers]
    .sort((left, right) => round(left.family) - round(right.family))
    .reduce((changing, modifier) => modifier.apply(changing, reading, key.at), start)
  const ready = key.field === '' ? keywords(item, key.at, reading) : item
  if (item.values.reduce((sum, { operands }) => sum + operands.length, 0) > limits.values) {
    problems.error('sigma/too-many-values', 'its modifiers and placeholders make too many values', {
      at: key.at,
      help: `the limit is ${limits.values}`,
    })
  }
  if (problems.list.slice(before).some(({ severity }) => severity === 'error')) return undefined
  return buildItem(key, ready, reading)
}

function readModifiers(
  words: readonly string[],
  key: ItemKey,
  reading: Reading,
): readonly Modifier[] | undefined {
  const { problems } = reading
  const modifiers: Modifier[] = []
  for (const word of words) {
    const modifier = modifierNamed(word.trim())
    if (modifier === undefined) {
      unknownModifier(word.trim(), key, reading)
      return undefined
    }
    const name = modifier.names[0]
    const other = modifiers.find(
      earlier => earlier === modifier || !goTogether(earlier.family, modifier.family),
    )
    if (other !== undefined || (key.field === '' && !suitsKeywords(modifier.family))) {
      problems.error('sigma/modifier-combination', combination(name, other?.names[0]), { at: key.at })
      return undefined
    }
    modifiers.push(modifier)
  }
  const flag = modifiers.find(({ family }) => family === 'flag')
  if (flag === undefined || modifiers.some(({ family }) => family === 'regex')) return modifiers
  problems.error('sigma/modifier-combination', `"${flag.names[0]}" is a flag of "re", which is not there`, {
    at: key.at,
    help: `write re|${flag.names[0]}`,
  })
  return undefined
}

function combination(name: string, other: string | undefined): string {
  if (other === undefined) return `"${name}" needs a field name before it`
  return other === name ? `"${name}" stands twice` : `"${other}" and "${name}" do not go together`
}

function unknownModifier(word: string, key: ItemKey, reading: Reading): void {
  // One letter is near to everything short.
  const near = nearest(
    word,
    modifierNames.filter(name => name.length > 1),
  )
  const message = word === '' ? 'no modifier follows a "|"' : `there is no modifier "${word}"`
  reading.problems.error('sigma/unknown-modifier', message, {
    at: key.at,
    help: near === undefined ? `there are ${modifierNames.join(', ')}` : `did you mean "${near}"?`,
  })
}

function readValues(entry: TreeEntry, reading: Reading): readonly Value[] | undefined {
  const { value } = entry
  if (value.kind !== 'list') return asValues(readValue(value, reading))
  // An empty list means that there is no value.
  if (value.items.length === 0) return [{ at: value.at, operands: [{ kind: 'null' }] }]
  if (value.items.length > limits.values) {
    reading.problems.error('sigma/too-many-values', `a list of ${value.items.length} values is too long`, {
      at: entry.keyAt,
      help: `the limit is ${limits.values}`,
    })
    return undefined
  }
  const values = value.items.map(item => readValue(item, reading))
  return values.includes(undefined) ? undefined : values.flatMap(read => read ?? [])
}

function asValues(value: Value | undefined): readonly Value[] | undefined {
  return value === undefined ? undefined : [value]
}

function readValue(tree: Tree, reading: Reading): Value | undefined {
  if (tree.kind === 'scalar') return { at: tree.at, operands: [operand(tree, reading)] }
  reading.problems.error('sigma/nested-value', `a value is ${kindOf(tree)}, not a text, number or boolean`, {
    at: tree.at,
    help:
      tree.kind === 'list'
        ? 'write all values in one list'
        : 'write a field inside another as one dotted name, such as userIdentity.type',
  })
  return undefined
}

function operand({ value, text, at }: TreeScalar, { problems }: Reading): Operand {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'number') return { kind: 'number', value, text }
  if (typeof value === 'boolean') return { kind: 'boolean', value, text }
  const pattern = readPattern(value)
  if (value.length > limits.value || pattern.filter(part => part === one).length > limits.singles) {
    const help = `the limit is ${limits.value} characters, of which ${limits.singles} may be "?"`
    problems.error('sigma/value-size', `a value of ${value.length} characters is too long`, { at, help })
  }
  return { kind: 'text', raw: value, pattern }
}

/** Keywords are texts, and stand anywhere in a value. */
function keywords(item: Item, at: Span, reading: Reading): Item {
  if (item.how === 'startswith' || item.how === 'endswith') {
    reading.problems.warn('sigma/idle-modifier', `"${item.how}" changes nothing about keywords`, { at })
  }
  return changeEach(item, (operand, place) => {
    if (operand.kind === 'null') reading.problems.error('sigma/value', 'a keyword is empty', { at: place })
    return asText(operand)
  })
}
