/** Which logs a rule is about, in Sigma's three words; what is absent is not restricted. */
export interface LogSource {
  readonly product?: string
  readonly category?: string
  readonly service?: string
}
