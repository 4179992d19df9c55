import { never } from '../../../core/never.ts'
import { printExpression } from './print-expression.ts'
import { quote } from './text.ts'
import type { Search, Term } from './tree.ts'

/** A condition of `search` as text that reads as the same condition. */
export function printTerm(term: Term, printSearch: (search: Search) => string): string {
  const inside = (inner: Term): string => {
    const text = printTerm(inner, printSearch)
    return inner.kind === 'and' || inner.kind === 'or' ? `(${text})` : text
  }
  switch (term.kind) {
    case 'and':
      return term.of.map(inside).join(' ')
    case 'or':
      return term.of.map(inside).join(' OR ')
    case 'not':
      return `NOT ${inside(term.of)}`
    case 'compare':
      return `${field(term.field.name)}${term.op}${value(term.value)}`
    case 'computed':
      return `${field(term.field.name)}${term.op}${printExpression(term.value)}`
    case 'in':
      return `${field(term.field.name)} IN (${term.values.map(value).join(', ')})`
    case 'word':
      return word(term.text, term.how)
    case 'subsearch':
      return `[${printSearch(term.search)}]`
    default:
      return never(term)
  }
}

function field(name: string): string {
  return /^[A-Za-z_][\w.{}:/-]*$/.test(name) && !OPERATORS.test(name) ? name : quote(name)
}

function value(text: string): string {
  return /^[\w.*:/@%+-]+$/.test(text) && !OPERATORS.test(text) ? text : quote(text)
}

function word(text: string, how: 'bare' | 'quoted' | 'term' | 'case'): string {
  if (how === 'term' || how === 'case') return `${how.toUpperCase()}(${quote(text)})`
  if (how === 'quoted') return quote(text)
  // A backslash before such a character was kept when it was read.
  return text.replaceAll(/"|\\(?![\s()[\]=<>|`,!])/g, '\\$&')
}

const OPERATORS = /^(AND|OR|NOT|IN|TERM|CASE|by|groupby)$/i
