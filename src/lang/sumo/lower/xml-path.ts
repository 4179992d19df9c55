import type { Regex } from '../../../plan/expr.ts'
import type { Text } from '../syntax-parts.ts'
import { refuse } from './refuse.ts'

const STEP =
  /^(?:[\w.-]+:)?([\w.-]+|\*)(?:\[(\d{1,3}|last\(\))\]|\[@([\w:.-]+)\s*=\s*['"]?([^'"\]]*)['"]?\])?$/

/**
 * An XML path as searches, of which the first that catches something counts: its elements one behind the other, the
 * text or an attribute of the last one. An element may be chosen by its number, as the last one, or by an attribute.
 */
export function xmlRegexes({ raw, at }: Text): readonly Regex[] {
  const steps = raw
    .replace(/\\"/g, '"')
    .split(/\/(?![^[]*\])/)
    .filter(step => step !== '' && step !== 'text()')
  const attribute = steps.at(-1)?.startsWith('@') === true ? steps.pop()?.slice(1) : undefined
  const last = steps.pop()
  if (last === undefined) return refuse('xml-path', `"${raw}" names no element`, at)
  const before = steps.map(step => `${element(step, { raw, at })}.*?`).join('')
  return ending(last, attribute, { raw, at }).map(rest => {
    return { source: before + rest, caseless: false, multiline: false, dotall: true }
  })
}

/** The last element with what is caught of it. The attribute that chooses it may stand before or behind the one that is wanted. */
function ending(step: string, attribute: string | undefined, path: Text): readonly string[] {
  const whole = element(step, path)
  if (attribute === undefined) return [`${whole}[^>]*>([^<]*)<`]
  const caught = attributeOf(attribute, '([^"\']*)')
  const [, name = '', , by, value = ''] = STEP.exec(step) ?? []
  if (by === undefined) return [whole + caught]
  const chosen = attributeOf(by, literal(value))
  if (by === attribute) return [tagOf(name) + attributeOf(by, `(${literal(value)})`)]
  return [tagOf(name) + chosen + caught, tagOf(name) + caught + chosen]
}

/** Up to the name of the element, or behind the attribute by which it is chosen. */
function element(step: string, { raw, at }: Text): string {
  const parts = STEP.exec(step)
  if (parts === null) return refuse('xml-path', `"${raw}" is no path that can be searched for`, at)
  const [, name = '', place, attribute, value = ''] = parts
  const tag = tagOf(name)
  if (attribute !== undefined) return tag + attributeOf(attribute, literal(value))
  if (place === undefined) return tag
  return place === 'last()' ? `.*${tag}` : `${`${tag}.*?`.repeat(Math.max(0, Number(place) - 1))}${tag}`
}

function tagOf(name: string): string {
  return `<(?:[\\w.-]+:)?${name === '*' ? '[\\w:.-]+' : literal(name)}\\b`
}

function attributeOf(name: string, value: string): string {
  return `[^>]*\\b${literal(name)}\\s*=\\s*["']${value}["']`
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
