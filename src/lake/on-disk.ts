import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Waits until a file is on the disk: what the manifest is to name is there before it does. */
export function onDisk(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}
