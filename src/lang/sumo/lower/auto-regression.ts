/** A series that is explained by its own values before: deviations from a line, and what each of those before adds. */
export interface AutoRegression {
  /** The value that was expected of each place, and of those to come. */
  readonly expected: readonly number[]
}

/**
 * Fits a series, whose line is known, by the method of Yule and Walker and foretells so many places more. What stands
 * before its beginning does not deviate.
 */
export function autoRegression(
  values: readonly number[],
  line: (place: number) => number,
  { order, more }: { readonly order: number; readonly more: number },
): AutoRegression {
  const deviations = values.map((value, place) => value - line(place))
  const weights = levinson(autocovariances(deviations, order))
  const expected: number[] = []
  for (let place = 0; place < values.length + more; place++) {
    const deviation = weights.reduce(
      (sum, weight, index) => sum + weight * (deviations[place - 1 - index] ?? 0),
      0,
    )
    expected.push(line(place) + deviation)
    if (place >= values.length) deviations.push(deviation)
  }
  return { expected }
}

function autocovariances(values: readonly number[], order: number): readonly number[] {
  return Array.from({ length: order + 1 }, (_, lag) =>
    values.reduce((sum, value, place) => sum + value * (values[place - lag] ?? 0), 0),
  )
}

/** The weights of the values before, the nearest first, by Levinson's recursion; none for a series that does not deviate. */
function levinson(covariances: readonly number[]): readonly number[] {
  let weights: readonly number[] = []
  let error = covariances[0] ?? 0
  for (let size = 1; size < covariances.length && error > 1e-12; size++) {
    const known = weights.reduce(
      (sum, weight, index) => sum + weight * (covariances[size - 1 - index] ?? 0),
      0,
    )
    const reflection = ((covariances[size] ?? 0) - known) / error
    weights = [
      ...weights.map((weight, index) => weight - reflection * (weights[size - 2 - index] ?? 0)),
      reflection,
    ]
    error *= 1 - reflection * reflection
  }
  return weights
}
