import type { Regex } from '../../../plan/expr.ts'
import type { Text } from '../syntax-parts.ts'
import { refuse } from './refuse.ts'

const STEP =
  /^(?:[\w.-]+:)?([\w.-]+|\*)(?:\[(\d{1,3}|last\(\))\]|\[@([\w:.-]+)\s*=\s*['"]?([^'"\]]*)['"]?\])?$/

/**
 * An XML path as a search: its elements one behind the other, the text or an attribute of the last one. An element may
 * be chosen by its number, as the last one, or by an attribute.
 */
export function xmlRegex({ raw, at }: Text): Regex {
  const steps = raw
    .replace(/\\"/g, '"')
    .split(/\/(?![^[]*\])/)
    .filter(step => step !== '' && step !== 'text()')
  const attribute = steps.at(-1)?.startsWith('@') === true ? steps.pop()?.slice(1) : undefined
  const elements = steps.map(step => element(step, { raw, at }))
  if (elements.length === 0) return refuse('xml-path', `"${raw}" names no element`, at)
  const value =
    attribute === undefined ? '[^>]*>([^<]*)<' : `[^>]*\\b${literal(attribute)}\\s*=\\s*["']([^"']*)["']`
  return { source: elements.join('.*?') + value, caseless: false, multiline: false, dotall: true }
}

/** Up to the name of the element, or behind the attribute by which it is chosen. */
function element(step: string, { raw, at }: Text): string {
  const parts = STEP.exec(step)
  if (parts === null) return refuse('xml-path', `"${raw}" is no path that can be searched for`, at)
  const [, name = '', place, attribute, value = ''] = parts
  const tag = `<(?:[\\w.-]+:)?${name === '*' ? '[\\w:.-]+' : literal(name)}\\b`
  if (attribute !== undefined) return `${tag}[^>]*\\b${literal(attribute)}\\s*=\\s*["']${literal(value)}["']`
  if (place === undefined) return tag
  return place === 'last()' ? `.*${tag}` : `${`${tag}.*?`.repeat(Math.max(0, Number(place) - 1))}${tag}`
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
