export type { LinkedRule, SigmaDocument, SigmaOptions } from './document.ts'
export { linkSigma } from './link.ts'
export { parseSigma } from './parse.ts'
export { mapField } from './taxonomy.ts'
