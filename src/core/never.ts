/** Closes a `switch` over a union: a new member is a type error at every such place. */
export function never(value: never): never {
  throw new Error(`bug: unhandled case ${JSON.stringify(value)}`)
}
