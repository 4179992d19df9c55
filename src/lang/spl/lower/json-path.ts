import type { JsonStep } from '../../../plan/scalar.ts'

/** Reads a path of `spath`: keys with dots between, `{}` for every member and `{2}` for one, counted from 0. */
export function jsonPath(path: string): readonly JsonStep[] | undefined {
  const steps: JsonStep[] = []
  let at = 0
  const part = /\.?([^.{}]+)|\{(\d*)\}|\.(?=\{)/y
  while (at < path.length) {
    part.lastIndex = at
    const found = part.exec(path)
    if (found === null) return undefined
    at = part.lastIndex
    if (found[1] !== undefined) steps.push({ key: found[1] })
    else if (found[2] !== undefined) steps.push(found[2] === '' ? 'all' : { index: Number(found[2]) })
  }
  return steps.length === 0 ? undefined : steps
}
