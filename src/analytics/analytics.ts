import type { Analytic } from './analytic.ts'

/** Every analytic that comes with nephoscope. */
export const analytics: readonly Analytic[] = []
