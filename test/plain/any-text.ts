import fc from 'fast-check'

const SURROGATES = 0xd800
const SURROGATE_COUNT = 0x800

/** Texts of any characters of Unicode. (The library's own take a second to be made ready.) */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const character = fc
    .integer({ min: 0, max: 0x10ffff - SURROGATE_COUNT })
    .map(place => String.fromCodePoint(place < SURROGATES ? place : place + SURROGATE_COUNT))
  return fc.array(character, { maxLength }).map(characters => characters.join(''))
}
