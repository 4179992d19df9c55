import { any, type Pattern } from '../../../plan/pattern.ts'

/** A text whose stars stand for any text. */
export function wildcards(value: string): Pattern {
  return value.split('*').flatMap((part, at) => [...(at === 0 ? [] : [any]), ...(part === '' ? [] : [part])])
}
