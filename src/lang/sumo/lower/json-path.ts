import type { JsonStep } from '../../../plan/scalar.ts'

/** `a.b[0].c`, `a[*].b`, `a['x.y']`, `$.a`, `a.*`: the steps of a path as the `json` operator writes it. */
export function jsonPath(text: string): readonly JsonStep[] {
  const steps: JsonStep[] = []
  const pattern = /\['([^']*)'\]|\["([^"]*)"\]|\[(-?\d+)\]|\[\*\]|([^.[\]]+)|[.[\]]/g
  for (const [found, single, double, index, key] of text.replace(/^\$\.?/, '').matchAll(pattern)) {
    const name = single ?? double ?? key
    if (found === '[*]' || key === '*') steps.push('all')
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (name !== undefined) steps.push({ key: name })
  }
  return steps
}

/** A path in the form of `json_reached`. */
export function printJsonPath(steps: readonly JsonStep[]): string {
  const parts = steps.map(step => {
    if (step === 'all') return '[*]'
    return 'key' in step ? `."${step.key.replace(/["\\]/g, '\\$&')}"` : `[${step.index}]`
  })
  return `$${parts.join('')}`
}
