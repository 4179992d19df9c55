import type { Regex } from '../../../plan/expr.ts'
import type { Text } from '../syntax.ts'
import { refuse } from './refuse.ts'

/**
 * An XML path as a search: the last element of the path with its attribute or its text, and the one condition
 * `[@name='value']` that it may have. Elements before it are not looked at.
 */
export function xmlRegex({ raw, at }: Text): Regex {
  const steps = raw
    .replace(/\\"/g, '"')
    .split('/')
    .filter(step => step !== '' && step !== 'text()')
  const attribute = steps.at(-1)?.startsWith('@') === true ? steps.pop()?.slice(1) : undefined
  const parts = /^([\w:.-]+|\*)(?:\[(\d+)\]|\[@([\w:.-]+)\s*=\s*['"]([^'"]*)['"]\])?$/.exec(
    steps.at(-1) ?? '',
  )
  if (parts === null) return refuse('xml-path', `"${raw}" is no path that can be searched for`, at)
  const [, element = '', , name, value = ''] = parts
  const tag = `<(?:[\\w.-]+:)?${element === '*' ? '[\\w:.-]+' : literal(element)}\\b`
  const condition = name === undefined ? '' : `[^>]*\\b${literal(name)}\\s*=\\s*["']${literal(value)}["']`
  const rest =
    attribute === undefined ? '[^>]*>([^<]*)<' : `[^>]*\\b${literal(attribute)}\\s*=\\s*["']([^"']*)["']`
  return { source: tag + condition + rest, caseless: false, multiline: false, dotall: true }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
