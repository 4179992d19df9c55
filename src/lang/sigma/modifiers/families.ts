import { never } from '../../../core/never.ts'
import type { Family } from './modifier.ts'

/** Which families of modifiers may stand in one item with which. */
const COMPANIONS: Record<Family, readonly Family[]> = {
  position: ['list', 'case', 'negation', 'regex', 'flag', 'encoding', 'dash', 'placeholder', 'field'],
  list: allBut('list', 'presence'),
  case: ['position', 'list', 'negation', 'encoding', 'dash', 'placeholder', 'field'],
  negation: allBut('negation', 'presence'),
  regex: ['position', 'list', 'negation', 'flag', 'placeholder'],
  flag: ['position', 'list', 'negation', 'regex', 'flag', 'placeholder'],
  network: ['list', 'negation', 'placeholder'],
  presence: [],
  order: ['list', 'negation', 'time', 'placeholder'],
  time: ['list', 'negation', 'order'],
  encoding: ['position', 'list', 'case', 'negation', 'encoding', 'dash', 'placeholder'],
  dash: ['position', 'list', 'case', 'negation', 'encoding', 'placeholder'],
  placeholder: allBut('placeholder', 'presence', 'time', 'field'),
  field: ['position', 'list', 'case', 'negation'],
}

/** Families that look at the text of a value, which is what a keyword does. */
const OF_KEYWORDS: readonly Family[] = [
  'position',
  'list',
  'case',
  'negation',
  'regex',
  'flag',
  'encoding',
  'dash',
  'placeholder',
]

export function goTogether(left: Family, right: Family): boolean {
  return COMPANIONS[left].includes(right)
}

export function suitsKeywords(family: Family): boolean {
  return OF_KEYWORDS.includes(family)
}

/** In which round modifiers are applied: placeholders are filled first, expressions made before their flags. */
export function round(family: Family): number {
  switch (family) {
    case 'placeholder':
      return 0
    case 'flag':
    case 'time':
      return 2
    case 'field':
    case 'position':
    case 'list':
    case 'case':
    case 'negation':
    case 'regex':
    case 'network':
    case 'presence':
    case 'order':
    case 'encoding':
    case 'dash':
      return 1
    default:
      return never(family)
  }
}

function allBut(...excluded: readonly Family[]): readonly Family[] {
  const families: readonly Family[] = [
    'position',
    'list',
    'case',
    'negation',
    'regex',
    'flag',
    'network',
    'presence',
    'order',
    'time',
    'encoding',
    'dash',
    'placeholder',
    'field',
  ]
  return families.filter(family => !excluded.includes(family))
}
