import type { Element } from './xml.ts'

/** A step of a path: elements by name (`*` is any), perhaps at any depth, some of them; an attribute; or the text. */
interface Step {
  readonly deep: boolean
  readonly kind: 'element' | 'attribute' | 'text'
  readonly name: string
  readonly tests: readonly Test[]
}

type Test =
  | { readonly kind: 'place'; readonly place: number }
  | { readonly kind: 'attribute' | 'child'; readonly name: string; readonly value?: string }

const STEP = /(\/{1,2})(?:(@)?([\w:.-]+|\*)(\(\))?)((?:\[[^\]]*\])*)/y
const TEST = /\[\s*(?:(\d+)|(@)?([\w:.-]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|(-?[\d.]+)))?)\s*\]/g

/** Reads the part of XPath that names elements, attributes and `text()`; undefined for anything else. */
export function pathOf(path: string): readonly Step[] | undefined {
  const text = path.startsWith('/') ? path : `//${path}`
  const steps: Step[] = []
  let at = 0
  while (at < text.length) {
    STEP.lastIndex = at
    const found = STEP.exec(text)
    if (found === null) return undefined
    at = STEP.lastIndex
    const [, slashes, attribute, name = '', call, brackets = ''] = found
    if (call !== undefined && name !== 'text') return undefined
    if (brackets.replaceAll(TEST, '') !== '') return undefined
    const kind = call !== undefined ? 'text' : attribute === undefined ? 'element' : 'attribute'
    steps.push({ deep: slashes === '//', kind, name, tests: [...brackets.matchAll(TEST)].map(testOf) })
  }
  return steps.length === 0 ? undefined : steps
}

function testOf([, place, attribute, name = '', one, other, plain]: readonly (string | undefined)[]): Test {
  if (place !== undefined) return { kind: 'place', place: Number(place) }
  const value = one ?? other ?? plain
  return {
    kind: attribute === undefined ? 'child' : 'attribute',
    name,
    ...(value === undefined ? {} : { value }),
  }
}

/** The texts of what a path reaches from an element, in the order of the text. */
export function reached(root: Element, path: readonly Step[]): readonly string[] {
  let elements: readonly Element[] = [root]
  for (const step of path) {
    if (step.kind === 'attribute') return within(elements, step).flatMap(one => attributes(one, step))
    if (step.kind === 'text') return within(elements, step).flatMap(ownText)
    elements = elements.flatMap(one => kept(candidates(one, step), step))
  }
  return elements.map(textOf).filter(text => text !== '')
}

function within(elements: readonly Element[], { deep }: Step): readonly Element[] {
  return deep ? elements.flatMap(one => [one, ...descendants(one)]) : elements
}

function attributes({ attributes: all }: Element, { name }: Step): readonly string[] {
  if (name === '*') return [...all.values()]
  const value = all.get(name)
  return value === undefined ? [] : [value]
}

function candidates(element: Element, { deep, name }: Step): readonly Element[] {
  const all = deep ? descendants(element) : childrenOf(element)
  return all.filter(one => name === '*' || one.name === name)
}

function kept(elements: readonly Element[], { tests }: Step): readonly Element[] {
  return tests.reduce<readonly Element[]>((some, test) => {
    return some.filter((one, place) => (test.kind === 'place' ? place + 1 === test.place : holds(one, test)))
  }, elements)
}

function holds(element: Element, { kind, name, value }: Exclude<Test, { kind: 'place' }>): boolean {
  const values =
    kind === 'attribute'
      ? attributes(element, { deep: false, kind, name, tests: [] })
      : childrenOf(element)
          .filter(one => one.name === name)
          .map(textOf)
  return value === undefined ? values.length > 0 : values.includes(value)
}

export function childrenOf({ children }: Element): readonly Element[] {
  return children.filter(child => typeof child !== 'string')
}

function descendants(element: Element): readonly Element[] {
  return childrenOf(element).flatMap(child => [child, ...descendants(child)])
}

function ownText({ children }: Element): readonly string[] {
  return children.filter(child => typeof child === 'string').filter(text => text.trim() !== '')
}

export function textOf({ children }: Element): string {
  return children.map(child => (typeof child === 'string' ? child : textOf(child))).join('')
}
