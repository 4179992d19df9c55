import type { Span } from '../../../core/diagnostic.ts'
import { literal } from '../../../plan/pattern.ts'
import type { Reading } from '../reading.ts'
import { asText, changeEach, type Modifier, type Operand } from './modifier.ts'

/** Encodings of a value without wildcards: UTF-16 gives bytes, base64 a text of the bytes (else of UTF-8). */
export const encodings: readonly Modifier[] = [
  encoding(['wide', 'utf16le'], bytes => [{ kind: 'bytes', bytes: utf16(bytes, true) }]),
  encoding(['utf16be'], bytes => [{ kind: 'bytes', bytes: utf16(bytes, false) }]),
  encoding(['utf16'], bytes => [
    { kind: 'bytes', bytes: Uint8Array.from([0xff, 0xfe, ...utf16(bytes, true)]) },
  ]),
  encoding(['base64'], bytes => [plain(base64(bytes))]),
  encoding(['base64offset'], bytes => [0, 1, 2].map(offset => plain(shifted(bytes, offset)))),
]

function encoding(
  names: Modifier['names'],
  encode: (bytes: Uint8Array | string) => readonly Operand[],
): Modifier {
  return {
    names,
    family: 'encoding',
    apply(item, reading, at) {
      if (item.how !== 'equals') {
        reading.problems.error('sigma/modifier-order', `"${names[0]}" stands behind "${item.how}"`, {
          at,
          help: `encode first, then compare: ${names[0]}|${item.how}`,
        })
        return item
      }
      return changeEach(item, (operand, place) => {
        const content = contentOf(operand, names[0], reading, place)
        return content === undefined ? undefined : encode(content)
      })
    },
  }
}

/** The bytes, or the text that has not yet become bytes. */
function contentOf(
  operand: Operand,
  name: string,
  reading: Reading,
  at: Span,
): Uint8Array | string | undefined {
  if (operand.kind === 'bytes') return operand.bytes
  const text = asText(operand)
  const content = text.kind === 'text' ? literal(text.pattern) : undefined
  if (content === undefined) {
    const wild = text.kind === 'text'
    const what = wild ? 'cannot encode a value with wildcards' : 'takes a text'
    reading.problems.error('sigma/value', `"${name}" ${what}`, {
      at,
      ...(wild ? { help: 'write \\* or \\? for a literal sign' } : {}),
    })
  }
  return content
}

function utf16(content: Uint8Array | string, little: boolean): Uint8Array {
  const text = typeof content === 'string' ? content : latin1(content)
  return Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap(unit =>
      little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
    ),
  )
}

function base64(content: Uint8Array | string): string {
  return btoa(latin1(bytesOf(content)))
}

/** What the bytes look like inside a longer encoded text, with `offset` bytes before them. */
function shifted(content: Uint8Array | string, offset: number): string {
  const bytes = bytesOf(content)
  const encoded = base64(Uint8Array.from([...new Array<number>(offset).fill(0), ...bytes]))
  const start = [0, 2, 3][offset] ?? 0
  const end = [encoded.length, -3, -2][(bytes.length + offset) % 3]
  return encoded.slice(start, end)
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

/** Each byte as one character. */
export function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('')
}

function plain(text: string): Operand {
  return { kind: 'text', raw: text, pattern: text === '' ? [] : [text] }
}
