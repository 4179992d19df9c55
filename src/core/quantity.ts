/** A whole number with commas between its thousands. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A number with its noun: `1 file`, `2,000 files`, `3 copies`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${thousands(count)} ${count === 1 ? noun : plural}`
}

/** The first few of a list as one text that says how many it leaves out: `a, b and 3 others`. */
export function firstFew(texts: readonly string[], most: number, total = texts.length): string {
  const shown = texts.slice(0, most)
  const rest = total - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${counted(rest, 'other')}`
  const last = shown.at(-1) ?? ''
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A number of bytes in decimal units: `1.3 GB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3))
  if (power === 0) return counted(bytes, 'byte')
  const amount = bytes / 1000 ** power
  return `${amount < 10 ? amount.toFixed(1) : thousands(Math.round(amount))} ${UNITS[power]}`
}
