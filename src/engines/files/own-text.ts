import type { FoundEvent } from './member-events.ts'

/** The text of an event where that is not its JSON: a line whose values have got names, XML, or JSON of which it was made. */
export function ownText({ text, made }: Partial<Pick<FoundEvent, 'text' | 'made'>>): string | undefined {
  return text !== undefined && (made === true || !/^\s*\{/.test(text)) ? text : undefined
}
