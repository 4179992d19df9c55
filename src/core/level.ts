/** How serious a match is, in Sigma's words. */
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** From the least to the most serious. */
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical']
