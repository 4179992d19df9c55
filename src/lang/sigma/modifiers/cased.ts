import type { Modifier } from './modifier.ts'

/** Texts are compared with their case. */
export const cased: Modifier = {
  names: ['cased'],
  family: 'case',
  apply: item => ({ ...item, caseless: false }),
}
