import type { Modifier } from './modifier.ts'

/** Negates the whole item, so that it holds too where the field is missing. */
export const neq: Modifier = {
  names: ['neq'],
  family: 'negation',
  apply: item => ({ ...item, negated: true }),
}
