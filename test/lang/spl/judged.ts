/** Cases that are wrong for Splunk, with the reason; `docs/meaning.md` says why. */
export const JUDGED: ReadonlyMap<string, string> = new Map()
