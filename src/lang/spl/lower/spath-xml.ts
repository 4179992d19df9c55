import type { Lowering } from '../../../plan/lowering.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, compare, known, number, text } from '../../../plan/scalars.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Beside, besideTexts, differentTexts } from './by-text.ts'
import { type Element, elementOf } from './xml.ts'
import { childrenOf, textOf } from './xml-path.ts'

/** An element by name, all of that name or the one at a place from 1; or an attribute. */
export type XmlStep =
  | { readonly kind: 'element'; readonly name: string; readonly place?: number }
  | { readonly kind: 'attribute'; readonly name: string }

/** Reads a path of `spath` as one into XML: `a.b{2}.c{@name}`. */
export function xmlSteps(path: string): readonly XmlStep[] | undefined {
  const steps: XmlStep[] = []
  const part = /\.?([^.{}]+)(?:\{(\d*)\})?|\{@([^{}]+)\}/y
  for (let at = 0; at < path.length; at = part.lastIndex) {
    part.lastIndex = at
    const found = part.exec(path)
    if (found === null) return undefined
    const [, name, place = '', attribute] = found
    if (attribute !== undefined) steps.push({ kind: 'attribute', name: attribute })
    else if (name !== undefined)
      steps.push({ kind: 'element', name, ...(place === '' ? {} : { place: Number(place) }) })
  }
  return steps
}

/** The lists that a path, or every path, reaches in the texts that are XML, beside the rows; nothing if no text is. */
export function* xmlBeside(
  rows: Pipeline,
  of: Scalar,
  { at }: Stages['spath'],
  path?: readonly XmlStep[],
): Lowering<(Beside & { readonly names: readonly string[] }) | undefined> {
  const input = as('text', of)
  const first = call('substring', call('trim_left', input, text(' \t\r\n')), number(1), number(1))
  const where = known(compare('eq', first, text('<'), { how: 'text' }))
  const texts = yield* differentTexts(rows, input, { command: 'spath', at, where })
  const roots = texts.flatMap(one => {
    const root = elementOf(one)
    return root === undefined ? [] : [{ text: one, root }]
  })
  if (roots.length === 0) return undefined
  const all = new Map<string, readonly XmlStep[]>(path === undefined ? [] : [['', path]])
  if (path === undefined) for (const { root } of roots) collect(root, '', [], all)
  const paths = [...all.values()]
  const found = roots.map(({ text: one, root }) => ({
    text: one,
    lists: paths.map(steps => reached(root, steps)),
  }))
  return { ...besideTexts(rows, input, found), names: [...all.keys()] }
}

function reached(root: Element, path: readonly XmlStep[]): readonly string[] {
  let elements: readonly Element[] = [root]
  for (const step of path) {
    if (step.kind === 'attribute') return elements.flatMap(one => one.attributes.get(step.name) ?? [])
    elements = elements.flatMap(parent => {
      const named = childrenOf(parent).filter(one => one.name === step.name)
      return step.place === undefined ? named : named.slice(step.place - 1, step.place)
    })
  }
  return elements.map(one => textOf(one).trim()).filter(value => value !== '')
}

/** Paths that are learnt at most. */
const PATHS = 500

/** The paths of all attributes and of all elements that hold only text. */
function collect(
  element: Element,
  name: string,
  steps: readonly XmlStep[],
  found: Map<string, readonly XmlStep[]>,
): void {
  if (found.size >= PATHS) return
  for (const attribute of element.attributes.keys())
    found.set(`${name}{@${attribute}}`, [...steps, { kind: 'attribute', name: attribute }])
  const children = childrenOf(element)
  if (children.length === 0 && name !== '') found.set(name, steps)
  for (const child of children) {
    const inner = name === '' ? child.name : `${name}.${child.name}`
    collect(child, inner, [...steps, { kind: 'element', name: child.name }], found)
  }
}
