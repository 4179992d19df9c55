/** What was asked for and what came back. What is absent is a JSON null. */
export interface Parameters {
  readonly request?: object
  readonly response?: object
  /** The resource named in `resources`. */
  readonly resource?: { readonly type: string; readonly arn: string }
}
