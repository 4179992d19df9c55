import { an0370 } from './an0370/an0370.ts'
import { an1318 } from './an1318/an1318.ts'
import type { Analytic } from './analytic.ts'

/** Every analytic that comes with nephoscope. */
export const analytics: readonly Analytic[] = [an0370, an1318]
