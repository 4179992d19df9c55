/** Units of time in ms. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
])

/** The length of time, in ms, that a parameter without a value is taken to be. */
export const USUAL_STEP = 3_600_000

/** What the letters behind a number multiply it by: sizes, and times in ms. */
const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['B', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['ns', 1e-6],
  ['us', 1e-3],
  ...UNITS,
])

/** `2k` is 2000, `1Ki` 1024, `15m` 900000 (ms); `undefined` if it is no number. */
export function readNumber(written: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?|\.\d+)((?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(written)
  if (parts === null) return undefined
  const [, digits = '', exponent = '', suffix = ''] = parts
  const factor = suffix === '' ? 1 : SUFFIXES.get(suffix)
  const value = Number(digits + exponent) * (factor ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

/** `5m`, `1h`, `-1d`, `1w` in ms; `undefined` if it is no time. */
export function readStep(written: string): number | undefined {
  const parts = /^([+-]?\d{1,9})\s*(ms|s|m|h|d|w)$/i.exec(written.trim())
  const unit = UNITS.get(parts?.[2]?.toLowerCase() ?? '')
  return unit === undefined ? undefined : Number(parts?.[1]) * unit
}
