/** Tells how far the reading of one file after another has come, and asks whether it is to go on. */
export interface Progress {
  /** Another file is begun. */
  begin(): void
  /** @param events of the file so far; as many as before if nothing is said */
  goOn(bytes: number, events?: number): boolean
}

/** @param tell takes the bytes unpacked, and the events found, since the last time */
export function progressOf(stop: Int32Array, tell: (bytes: number, events: number) => void): Progress {
  let told = 0
  return {
    begin: () => {
      told = 0
    },
    goOn: (bytes, events = told) => {
      tell(bytes, events - told)
      told = events
      return Atomics.load(stop, 0) === 0
    },
  }
}
