import type { Problems } from '../../../core/diagnostic.ts'
import { nearest } from '../../../core/nearest.ts'
import type { Places } from '../../../core/places.ts'
import { limits } from '../limits.ts'
import { type Piece, placeIn } from '../syntax/place.ts'
import { readCall } from './call.ts'
import { computedText } from './computed-text.ts'
import { findMacro, type Macros, macroKey, macroNames } from './macro.ts'

/** A text ready to be read, and the way back to what was written. */
export interface Expanded {
  readonly text: string
  readonly place: Places
}

/**
 * Puts the macros in and takes the comments out, as text. Backticks between double quotes are ordinary characters.
 * A call that cannot be resolved is a problem and leaves a space.
 */
export function expand(written: string, macros: Macros, problems: Problems): Expanded {
  const expander = new Expander(written, macros, problems)
  return expander.all()
}

/** The next character that may matter: a quote, a backtick or an escape. */
const MARK = /["`\\]/g

class Expander {
  private readonly written: string
  private readonly macros: Macros
  private readonly problems: Problems
  private readonly pieces: Piece[] = []
  private readonly parts: string[] = []
  private readonly asWritten: Places
  private length = 0
  private calls = 0
  private full = false

  constructor(written: string, macros: Macros, problems: Problems) {
    this.written = written
    this.macros = macros
    this.problems = problems
    this.asWritten = placeIn(written, [{ at: 0, from: 0, to: written.length, verbatim: true }])
  }

  all(): Expanded {
    for (const part of cut(this.written)) {
      const { start, end } = part
      if (part.kind === 'call')
        this.add(this.resolve(part.inner, { start, end, stack: [] }), start, end, false)
      else if (part.kind === 'comment') this.add(' ', start, end, false)
      else this.add(this.written.slice(start, end), start, end, true)
    }
    return { text: this.parts.join(''), place: placeIn(this.written, this.pieces) }
  }

  private add(text: string, from: number, to: number, verbatim: boolean): void {
    if (text === '') return
    this.pieces.push({ at: this.length, from, to, verbatim })
    this.parts.push(text)
    this.length += text.length
  }

  /** The text that a call stands for, all the way down. */
  private resolve(inner: string, context: CallContext): string {
    const call = readCall(inner)
    const key = macroKey(call.name, call.values.length)
    if (this.full) return ' '
    if (++this.calls > limits.macroCalls)
      return this.fill(`more than ${limits.macroCalls} macros are called`, context)
    if (context.stack.includes(key)) {
      const round = [...context.stack, key].join(' calls ')
      return this.fail('spl/macro-cycle', `the macro "${key}" calls itself: ${round}`, context)
    }
    if (context.stack.length >= limits.macroDepth) {
      return this.fail('spl/macro-depth', `macros are nested deeper than ${limits.macroDepth}`, context)
    }
    const macro = findMacro(key, this.macros)
    if (macro === undefined) return this.unknown(call.name, key, context)
    const filled = fill(macro.definition, macro.arguments, call.values)
    const inside = { ...context, stack: [...context.stack, key] }
    return this.within(macro.computed ? this.computed(filled, key, context) : filled, inside)
  }

  /** The text that an eval expression gives (`iseval`). */
  private computed(definition: string, key: string, context: CallContext): string {
    const { start, end } = context
    const made = computedText(definition, this.asWritten(start, end))
    if (made.ok) return made.value
    const reason = made.problems.map(({ message }) => message).join('; ')
    const message = `the macro "${key}" is computed by an eval expression that cannot be worked out: ${reason}`
    return this.fail('spl/unsupported-macro', message, context, 'write its text as the definition')
  }

  private within(text: string, context: CallContext): string {
    const resolved = [...cut(text)].map(part => {
      if (part.kind === 'call') return this.resolve(part.inner, context)
      return part.kind === 'comment' ? ' ' : text.slice(part.start, part.end)
    })
    const whole = resolved.join('')
    if (this.length + whole.length <= limits.expanded) return whole
    return this.fill(`the search is longer than ${limits.expanded} characters with its macros`, context)
  }

  private unknown(name: string, key: string, context: CallContext): string {
    const names = macroNames(this.macros)
    const arity = names.find(known => known.replace(/\(\d+\)$/, '') === name)
    const near = nearest(key, names)
    const help =
      arity !== undefined
        ? `there is "${arity}", the number being that of its arguments`
        : near !== undefined
          ? `did you mean "${near}"?`
          : 'give its definition with --macros'
    return this.fail('spl/unknown-macro', `there is no macro "${key}"`, context, help)
  }

  private fill(message: string, context: CallContext): string {
    this.full = true
    return this.fail('spl/macro-size', message, context)
  }

  private fail(code: string, message: string, context: CallContext, help?: string): string {
    this.problems.error(code, message, { at: this.asWritten(context.start, context.end), help })
    return ' '
  }
}

interface CallContext {
  readonly start: number
  readonly end: number
  /** Keys of the macros that this call stands in. */
  readonly stack: readonly string[]
}

type Part =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'comment'; readonly start: number; readonly end: number }
  | { readonly kind: 'call'; readonly start: number; readonly end: number; readonly inner: string }

/** Cuts a text into ordinary text, comments between triple backticks, and calls between backticks. */
function* cut(text: string): Generator<Part> {
  let start = 0
  let at = 0
  while (at < text.length) {
    at = nextMark(text, at)
    if (text[at] === '\\') at += 2
    else if (text[at] === '"') at = afterQuote(text, at)
    else if (at < text.length) {
      const comment = text.startsWith('```', at)
      const mark = comment ? '```' : '`'
      const close = text.indexOf(mark, at + mark.length)
      if (close < 0) break
      const end = close + mark.length
      if (at > start) yield { kind: 'text', start, end: at }
      if (comment) yield { kind: 'comment', start: at, end }
      else yield { kind: 'call', start: at, end, inner: text.slice(at + 1, close) }
      start = end
      at = end
    }
  }
  if (start < text.length) yield { kind: 'text', start, end: text.length }
}

function nextMark(text: string, from: number): number {
  MARK.lastIndex = from
  return MARK.exec(text)?.index ?? text.length
}

/** Behind the closing quote; behind the opening one if there is none, so that macros are still seen. */
function afterQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

/** Puts values in the places of `$names$`. */
function fill(definition: string, names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return definition
  const filled = new Map(names.map((name, index) => [name, values[index] ?? '']))
  return definition.replaceAll(/\$([\w.-]+)\$/g, (whole, name: string) => filled.get(name) ?? whole)
}
