import type { Modifier } from './modifier.ts'

/** All values of the list must hold; what one value stands for stays a choice. */
export const all: Modifier = {
  names: ['all'],
  family: 'list',
  apply(item, reading, at) {
    if (item.values.length === 1) {
      reading.problems.warn('sigma/idle-modifier', '"all" changes nothing about a single value', { at })
    }
    return { ...item, every: true }
  },
}
