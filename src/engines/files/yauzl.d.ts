import type { Readable } from 'node:stream'

/** What yauzl 3 has beyond the types that are published for yauzl 2. */
declare module 'yauzl' {
  interface Entry {
    /** As it stands in the archive. */
    readonly fileNameRaw: Buffer
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry, options: { readonly decodeFileData: false }): Promise<Readable>
  }
  function openPromise(path: string, options: Options): Promise<ZipFile>
  function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>
  /** Throws if they are none. */
  function parseExtraFields(bytes: Buffer): Entry['extraFields']
  /** The name, by the flags and extra fields; backslashes are slashes. */
  function getFileNameLowLevel(
    flags: number,
    raw: Buffer,
    extraFields: Entry['extraFields'],
    strict: boolean,
  ): string
}
