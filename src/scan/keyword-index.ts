import type { Pattern } from '../plan/pattern.ts'
import { LiteralSearch } from './literal-search.ts'

/** Characters that a JSON text holds as themselves, unless it respells them; so a search of the raw text finds them. */
const plain = /[a-z0-9 !#$%&'()*+,\-./:;<=>?@[\]^_`{|}~]+/gi
const SHORTEST = 3
/** More tells little more, and may be compared at every place of a text. */
const LONGEST = 64

/** The longest stretch of a keyword by which raw JSON text can be searched, in lower case; `undefined` if there is none long enough. */
export function keywordLiteral(pattern: Pattern): string | undefined {
  return rawStretch(pattern.filter(part => typeof part === 'string'))
}

/** The same of several texts. */
export function rawStretch(texts: readonly string[]): string | undefined {
  const stretches = texts.flatMap(text => text.match(plain) ?? [])
  const longest = stretches.reduce((best, text) => (text.length > best.length ? text : best), '')
  // A number may be written otherwise than it reads (1e2 reads 100).
  return longest.length >= SHORTEST && !/^[0-9.e+-]*$/i.test(longest)
    ? longest.slice(0, LONGEST).toLowerCase()
    : undefined
}

/** Letters beyond ASCII whose lower case is ASCII, or begins with it. */
const odd = ['\u212a', '\u0130']

/** Finds the rules whose keyword may be in an event by its raw JSON. Where that may spell it otherwise, all of them. */
export class KeywordIndex {
  private readonly literals = new LiteralSearch()

  add(rule: number, text: string): void {
    this.literals.add(rule, text)
  }

  /**
   * Calls `take` with each such rule; it may come twice.
   *
   * @param bytes the raw JSON, if it is all ASCII and its bytes are at hand
   */
  collect(raw: string, take: (rule: number) => void, bytes: Uint8Array | undefined): void {
    if (this.literals.empty) return
    if (respells(raw) || (bytes === undefined && odd.some(letter => raw.includes(letter))))
      this.literals.all(take)
    else if (bytes === undefined) this.literals.search(raw, take)
    else this.literals.searchBytes(bytes, take)
  }
}

/** Does a JSON text write some characters in another way than as themselves, beyond what it must, or a text within it? */
function respells(raw: string): boolean {
  return raw.includes('\\') && (raw.includes('\\u') || raw.includes('\\/') || raw.includes('\\\\'))
}
