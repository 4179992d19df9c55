import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, coalesce, compare, known, number, text } from '../../../plan/scalars.ts'
import { textOf } from '../lower/values.ts'
import { arg, define, type SumoFunction } from './function.ts'

/** JSON lists. */
export const lists: readonly SumoFunction[] = [
  define('jsonarraysize', [1, 1], args => size(textOf(arg(args, 0)))),
  define('jsonarraycontains', [2, 2], args =>
    known(call('list_contains', members(textOf(arg(args, 0))), textOf(arg(args, 1)))),
  ),
]

function members(of: Scalar): Scalar {
  return { kind: 'json', of, path: ['all'], type: 'list' }
}

/** -1 for what is no list. */
function size(of: Scalar): Scalar {
  const isList = known(compare('eq', call('lower', call('json_type', of)), text('array'), { how: 'text' }))
  return choose(isList, coalesce(call('list_length', members(of)), number(0)), number(-1))
}
