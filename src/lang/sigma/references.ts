import { nearest } from '../../core/nearest.ts'
import { type Draft, metaOf, originOf } from './draft.ts'

/** Finds rules by what others call them. */
export interface References {
  /**
   * The rule of that id, else of that name, else (as some rule sets have it) of that title; of several the one in
   * the same file, then the first.
   */
  find(text: string, file: string): Draft | undefined
  /** Every rule that is called so. */
  all(text: string): readonly Draft[]
  /** A help text with the name that may have been meant. */
  meant(text: string): string | undefined
}

export function referencesOf(drafts: readonly Draft[]): References {
  const tables = [drafts.map(ids), drafts.map(names), drafts.map(titles)].map(words => index(words, drafts))
  const called = (text: string): readonly Draft[] => tables.find(table => table.has(text))?.get(text) ?? []
  return {
    all: called,
    find(text, file) {
      const found = called(text)
      return found.find(draft => originOf(draft).file === file) ?? found[0]
    },
    meant(text) {
      const near = nearest(
        text,
        tables.flatMap(table => [...table.keys()]),
      )
      return near === undefined ? undefined : `did you mean "${near}"?`
    },
  }
}

function index(
  words: readonly (readonly string[])[],
  drafts: readonly Draft[],
): ReadonlyMap<string, readonly Draft[]> {
  const table = new Map<string, Draft[]>()
  for (const [place, draft] of drafts.entries()) {
    for (const word of words[place] ?? []) {
      const others = table.get(word)
      if (others === undefined) table.set(word, [draft])
      else others.push(draft)
    }
  }
  return table
}

/** A rule whose id got a number still answers to the id that was written. */
function ids(draft: Draft): readonly string[] {
  const id = draft.kind === 'refused' ? draft.id : metaOf(draft).id
  if (id === undefined) return []
  const written = id.replace(/#\d+$/, '')
  return written === id ? [id] : [id, written]
}

function names(draft: Draft): readonly string[] {
  const name = draft.kind === 'refused' ? undefined : metaOf(draft).name
  return name === undefined ? [] : [name]
}

function titles(draft: Draft): readonly string[] {
  return [draft.kind === 'refused' ? draft.title : metaOf(draft).title]
}
