import type { Problems, Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { Expr } from '../../plan/expr.ts'
import { allOf, anyOf } from './build.ts'
import { limits } from './limits.ts'
import { kindOf, listed, type TreeEntry, type TreeScalar, textOf, within } from './tree.ts'

/** Search identifiers by name, in the order of the detection. */
type Identifiers = ReadonlyMap<string, { readonly test: Expr; readonly at: Span }>

/**
 * Reads a condition: `or` binds loosest, then `and`, `not`, `1 of …` and `all of …`. Several conditions are
 * alternatives. Identifiers that no condition uses are warned of, unless they start with `_`.
 */
export function readCondition(
  condition: TreeEntry,
  identifiers: Identifiers,
  problems: Problems,
): Expr | undefined {
  const used = new Set<string>()
  const tests = listed(condition.value).map(tree => {
    if (tree.kind === 'scalar' && textOf(tree) !== undefined)
      return new Parser(tree, identifiers, problems, used).all()
    problems.error('sigma/type', `a condition is ${kindOf(tree)}, not a text`, { at: tree.at })
    return undefined
  })
  if (tests.length === 0) problems.error('sigma/condition', 'the condition is empty', { at: condition.keyAt })
  for (const [name, { at }] of identifiers) {
    if (used.has(name) || name.startsWith('_') || problems.failed) continue
    problems.warn('sigma/unused-identifier', `the condition does not use "${name}"`, { at })
  }
  return tests.includes(undefined) ? undefined : anyOf(tests.flatMap(test => test ?? []))
}

interface Word {
  readonly text: string
  readonly at: Span
}

/** Recursive descent over the words of one condition; stops at the first mistake. */
class Parser {
  private readonly words: readonly Word[]
  private readonly end: Span
  private readonly identifiers: Identifiers
  private readonly problems: Problems
  private readonly used: Set<string>
  private next = 0
  private depth = 0

  constructor(scalar: TreeScalar, identifiers: Identifiers, problems: Problems, used: Set<string>) {
    this.words = words(scalar)
    this.end = within(scalar, scalar.text.length, scalar.text.length + 1)
    this.identifiers = identifiers
    this.problems = problems
    this.used = used
  }

  all(): Expr | undefined {
    const pipe = this.words.find(({ text }) => text === '|')
    if (pipe !== undefined) {
      return this.fail(
        'sigma/aggregation',
        'a pipe belongs to the aggregations of Sigma 1',
        pipe.at,
        AGGREGATION,
      )
    }
    if (this.words.length > limits.words) {
      return this.fail('sigma/condition', `a condition of ${this.words.length} words is too long`, this.end)
    }
    const test = this.chain('or')
    const rest = this.words[this.next]
    if (test === undefined || rest === undefined) return test
    return this.unexpected(rest)
  }

  /** Operands joined by `or`, each of which is operands joined by `and`. */
  private chain(operator: 'or' | 'and'): Expr | undefined {
    const tests: Expr[] = []
    do {
      const test = operator === 'or' ? this.chain('and') : this.negation()
      if (test === undefined) return undefined
      tests.push(test)
    } while (this.take(operator))
    return operator === 'or' ? anyOf(tests) : allOf(tests)
  }

  private negation(): Expr | undefined {
    let negated = false
    while (this.take('not')) negated = !negated
    const test = this.atom()
    return test === undefined || !negated ? test : { kind: 'not', of: test }
  }

  private atom(): Expr | undefined {
    const word = this.words[this.next]
    if (word === undefined) {
      return this.fail('sigma/condition', 'the condition ends where a name should follow', this.end)
    }
    if (word.text === '(') return this.group(word)
    const following = this.words[this.next + 1]
    if (following?.text === 'of') return this.selector(word)
    if (following?.text.toLowerCase() === 'of') return this.unexpected(following)
    this.next++
    const found = this.identifiers.get(word.text)
    if (found === undefined) return this.unknown(word)
    this.used.add(word.text)
    return found.test
  }

  private group(open: Word): Expr | undefined {
    this.next++
    if (++this.depth > limits.nesting) {
      return this.fail('sigma/nesting', 'parentheses nest too deeply', open.at)
    }
    const test = this.chain('or')
    if (test === undefined) return undefined
    this.depth--
    if (this.take(')')) return test
    const word = this.words[this.next]
    if (word !== undefined) return this.unexpected(word)
    return this.fail('sigma/condition', 'this parenthesis is not closed', open.at, 'add ")"')
  }

  /** `1 of them`, `any of sel_*`, `all of sel_*`. */
  private selector(quantity: Word): Expr | undefined {
    const pattern = this.words[this.next + 2]
    this.next += 3
    if (!['1', 'any', 'all'].includes(quantity.text)) {
      const lower = quantity.text.toLowerCase()
      const help = ['any', 'all'].includes(lower)
        ? `it is written in lower case: "${lower}"`
        : 'Sigma knows "1 of" and "all of"; write the combinations out with "and" and "or"'
      return this.fail('sigma/quantity', `"${quantity.text} of" is no quantity`, quantity.at, help)
    }
    if (pattern === undefined || pattern.text === '(' || pattern.text === ')') {
      return this.fail('sigma/condition', '"of" needs "them" or a pattern behind it', pattern?.at ?? this.end)
    }
    const chosen = [...this.identifiers].filter(([name]) => selects(pattern.text, name))
    for (const [name] of chosen) this.used.add(name)
    if (chosen.length === 0) {
      return this.fail(
        'sigma/unknown-identifier',
        `the detection has nothing that "${pattern.text}" selects`,
        pattern.at,
        this.known(),
      )
    }
    const tests = chosen.map(([, { test }]) => test)
    return quantity.text === 'all' ? allOf(tests) : anyOf(tests)
  }

  private unknown(word: Word): undefined {
    const lower = word.text.toLowerCase()
    if (['and', 'or', 'not', 'of'].includes(lower) || word.text === ')') return this.unexpected(word)
    if (isForeign(word)) return this.unexpected(word)
    const near = nearest(word.text, this.identifiers.keys())
    const help =
      word.text === 'them'
        ? 'write "1 of them" or "all of them"'
        : near === undefined
          ? this.known()
          : `did you mean "${near}"?`
    return this.fail('sigma/unknown-identifier', `the detection has no "${word.text}"`, word.at, help)
  }

  private unexpected(word: Word): undefined {
    const lower = word.text.toLowerCase()
    if (lower !== word.text && ['and', 'or', 'not', 'of'].includes(lower)) {
      const message = `"${word.text}" is not an operator`
      return this.fail('sigma/operator-case', message, word.at, `operators are lower-case: "${lower}"`)
    }
    const help = isForeign(word) ? 'operators are the words "and", "or" and "not"' : undefined
    return this.fail('sigma/condition', `"${word.text}" cannot stand here`, word.at, help)
  }

  private known(): string {
    const names = [...this.identifiers.keys()].slice(0, 20)
    return names.length === 0 ? 'it has no identifiers' : `it has ${names.join(', ')}`
  }

  private take(text: string): boolean {
    if (this.words[this.next]?.text !== text) return false
    this.next++
    return true
  }

  private fail(code: string, message: string, at: Span, help?: string): undefined {
    this.problems.error(code, message, { at, help })
    return undefined
  }
}

const AGGREGATION = 'write the rule without it, and a correlation such as event_count or value_count over it'

/** An operator of other languages, or a name behind one. */
function isForeign({ text }: Word): boolean {
  return /^[&!|]/.test(text)
}

function words(scalar: TreeScalar): readonly Word[] {
  return Array.from(scalar.text.matchAll(/\|\||[()|]|[^\s()|]+/g), found => ({
    text: found[0],
    at: within(scalar, found.index, found.index + found[0].length),
  }))
}

/** `them` leaves out what starts with `_`; in a pattern `*` stands for anything. */
function selects(pattern: string, name: string): boolean {
  if (pattern === 'them') return !name.startsWith('_')
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return name === pattern
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false
  let at = first.length
  for (const piece of rest) {
    const found = name.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= name.length - last.length
}
