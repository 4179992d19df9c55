import { never } from '../core/never.ts'
import type { Regex } from './expr.ts'
import type { Pattern } from './pattern.ts'
import type { CompareAs, Comparison, Scalar } from './scalar.ts'

const SIGNS: Record<Comparison, string> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' }
const HOWS: Record<CompareAs, string> = { number: ' as numbers', text: '', auto: ' as numbers if both are' }

/** A computed value in one line, for people: columns as they are called, texts quoted as in JSON. */
export function printScalar(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'column':
      return printName(scalar.name)
    case 'literal':
      return JSON.stringify(scalar.value)
    case 'call':
      return `${scalar.fn}(${scalar.args.map(printScalar).join(', ')})`
    case 'compare': {
      const { op, left, right, as, caseless } = scalar
      return `${inner(left)} ${SIGNS[op]} ${inner(right)}${HOWS[as]}${cased(caseless)}`
    }
    case 'like':
      return `${inner(scalar.of)} like ${printPattern(scalar.pattern)}${cased(scalar.caseless)}`
    case 'search':
      return `${inner(scalar.of)} ~ ${printRegex(scalar.regex)}`
    case 'capture': {
      const which = scalar.group === 0 ? 'match' : `group ${scalar.group}`
      return `${scalar.all ? 'every ' : ''}${which} of ${printRegex(scalar.regex)} in ${inner(scalar.of)}`
    }
    case 'substitute': {
      const { of, regex, by, all } = scalar
      return `${inner(of)} with ${all ? 'every ' : ''}${printRegex(regex)} replaced by ${JSON.stringify(by)}`
    }
    case 'json':
      return `${inner(scalar.of)} at ${scalar.path.map(printStep).join('')}`
    case 'cidr':
      return `${inner(scalar.of)} in network ${scalar.network.text}`
    case 'null':
      return `${inner(scalar.of)} is null`
    case 'known':
      return `true(${printScalar(scalar.of)})`
    case 'and':
    case 'or':
      return scalar.of.map(inner).join(` ${scalar.kind} `) || String(scalar.kind === 'and')
    case 'not':
      return `not ${inner(scalar.of)}`
    case 'choose':
      return printChoice(scalar)
    case 'each':
      return `${scalar.how} ${printName(scalar.name)} of ${inner(scalar.of)}: ${inner(scalar.body)}`
    default:
      return never(scalar)
  }
}

/** A name as it is, between quotes if it could be taken for something else. */
export function printName(name: string): string {
  return /^[\w$.{}@-]+$/.test(name) ? name : JSON.stringify(name)
}

function printChoice({ when, otherwise }: Extract<Scalar, { kind: 'choose' }>): string {
  const branches = when.map(branch => `if ${inner(branch.if)} then ${inner(branch.then)}`)
  return [...branches, ...(otherwise === undefined ? [] : [inner(otherwise)])].join(' else ')
}

/** Between brackets if it is made of several words. */
function inner(scalar: Scalar): string {
  const simple = ['column', 'literal', 'call', 'known'].includes(scalar.kind)
  return simple ? printScalar(scalar) : `(${printScalar(scalar)})`
}

function cased(caseless: boolean): string {
  return caseless ? ' (any case)' : ''
}

function printPattern(pattern: Pattern): string {
  const parts = pattern.map(part =>
    typeof part === 'string' ? JSON.stringify(part) : part.wild === 'any' ? '*' : '?',
  )
  return parts.join('') || '""'
}

function printRegex({ source, caseless, multiline, dotall }: Regex): string {
  const flags = `${caseless ? 'i' : ''}${multiline ? 'm' : ''}${dotall ? 's' : ''}`
  return `/${source.replaceAll('\n', '\\n')}/${flags}`
}

function printStep(step: Extract<Scalar, { kind: 'json' }>['path'][number]): string {
  if (step === 'all') return '[*]'
  return 'key' in step ? `.${printName(step.key)}` : `[${step.index}]`
}
