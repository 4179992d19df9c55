import type { Problems, Span } from '../../core/diagnostic.ts'
import { limits } from './limits.ts'

/** A field name as the log has it, without its spaces. One that is too long is told of, for reading it would take too long. */
export function readFieldName(text: string, at: Span, problems: Problems): string {
  const name = withoutSpaces(text)
  if (name.length > limits.fieldName || name.split('.').length > limits.fieldParts) {
    problems.error('sigma/field', 'a field name is too long', {
      at,
      help: `the limit is ${limits.fieldName} characters and ${limits.fieldParts} parts between dots`,
    })
  }
  return name
}

/** Field names are written as in the log, without its spaces. */
export function withoutSpaces(name: string): string {
  return name.replace(/\s+/g, '')
}
