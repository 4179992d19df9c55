import type { LakeTable } from './tables/table.ts'

/** A field with a column of its own, or an object on the way to some. */
export interface Step {
  readonly key: string
  /** An object has something of that name without being told. */
  readonly inherited: boolean
  readonly name: string
  /** Which of the table's promoted fields it is, and which of its parts; negative for none. */
  readonly promoted: number
  readonly part: number
  readonly below: readonly Step[]
}

/** The ways from an event to the fields that a table has columns for. */
export function stepsOf({ promoted, parts }: LakeTable): readonly Step[] {
  return stepsFrom(
    [
      ...promoted.map(({ path, name }, place) => ({ path, name, promoted: place, part: -1 })),
      ...parts.map(({ path, name }, place) => ({ path, name, promoted: -1, part: place })),
    ],
    0,
  )
}

type Wanted = Pick<Step, 'name' | 'promoted' | 'part'> & { readonly path: readonly string[] }

function stepsFrom(wanted: readonly Wanted[], depth: number): readonly Step[] {
  const keys = [...new Set(wanted.flatMap(({ path }) => path[depth] ?? []))]
  return keys.map(key => {
    const through = wanted.filter(({ path }) => path[depth] === key)
    const here = through.filter(({ path }) => path.length === depth + 1)
    return {
      key,
      inherited: key in Object.prototype,
      name: here[0]?.name ?? '',
      promoted: here.find(({ promoted }) => promoted >= 0)?.promoted ?? -1,
      part: here.find(({ part }) => part >= 0)?.part ?? -1,
      below: stepsFrom(through, depth + 1),
    }
  })
}
