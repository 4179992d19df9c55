import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The rooms from the ground up: a room imports only itself and rooms above it in this list. */
const ROOMS: readonly string[] =
  'core plan lang sql scan sources state context engines lake rules attack findings output simulate analytics detect cli'.split(
    ' ',
  )
/** Rooms that know no clock, disk, network or environment, and the packages that each may use. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  core: [],
  simulate: [],
  sql: [],
  state: [],
  plan: ['re2js'],
  lang: ['yaml', 're2js'],
  scan: ['re2js'],
}
const WORLD = /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|process\.|globalThis\.)/
const MACHINE = /["'`\s(](?:\/(?:work|home|root|Users|tmp)\/|[A-Z]:\\\\)|\.\.\/shared/

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(file => join('src', file))
  .filter(file => file.endsWith('.ts'))
  .sort()
const texts = new Map(files.map(file => [file, readFileSync(file, 'utf8')]))
const imports = new Map(files.map(file => [file, importsOf(texts.get(file) ?? '')]))
const edges = files.flatMap(from =>
  (imports.get(from) ?? [])
    .filter(target => target.startsWith('.'))
    .map(target => ({ from, to: normalize(join(dirname(from), target)) })),
)

function importsOf(text: string): readonly string[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^'"`;]*?from '([^']+)'|\bimport\(\s*'([^']+)'|^import '([^']+)'/gm,
  )
  return [...found].map(([, from, lazy, bare]) => from ?? lazy ?? bare ?? '')
}

const floor = (file: string): string => file.split('/')[1] ?? ''
/** `core`, and for the languages, which are rooms of their own beside each other, `lang/sigma`. */
const room = (file: string): string =>
  floor(file) === 'lang' ? dirname(file).split('/').slice(1, 3).join('/') : floor(file)
const breaks = (found: readonly { from: string; to: string }[]) =>
  found.map(({ from, to }) => `${from} -> ${to}`)

describe('the house', () => {
  test('every file stands in a room of the list', () => {
    expect(files.filter(file => !ROOMS.includes(floor(file)))).toEqual([])
    expect(edges.filter(({ to }) => !texts.has(to))).toEqual([])
  })
  test('arrows go down only', () => {
    expect(
      breaks(edges.filter(({ from, to }) => ROOMS.indexOf(floor(to)) > ROOMS.indexOf(floor(from)))),
    ).toEqual([])
    expect(
      breaks(edges.filter(({ from, to }) => floor(from) === floor(to) && room(from) !== room(to))),
    ).toEqual([])
  })
  test('no file imports itself, however far round', () => {
    let round = edges
    for (let before = Number.POSITIVE_INFINITY; round.length < before; ) {
      before = round.length
      const importers = new Set(round.map(({ from }) => from))
      const imported = new Set(round.map(({ to }) => to))
      round = round.filter(({ from, to }) => importers.has(to) && imported.has(from))
    }
    expect(breaks(round)).toEqual([])
  })
  test('the pure rooms use nothing of Node and only their own packages', () => {
    const outside = files.flatMap(file =>
      (imports.get(file) ?? []).map(target => ({ from: file, to: target })),
    )
    const wrong = outside.filter(
      ({ from, to }) => PURE[floor(from)]?.includes(to) === false && !to.startsWith('.'),
    )
    expect(breaks(wrong)).toEqual([])
    expect(files.filter(file => floor(file) in PURE && WORLD.test(texts.get(file) ?? ''))).toEqual([])
  })
  test('every room has a page of at most 80 lines', () => {
    const pages = [...new Set(files.map(file => join('src', room(file), 'README.md')))]
    const lines = (page: string) => (existsSync(page) ? readFileSync(page, 'utf8').split('\n').length - 1 : 0)
    expect(pages.filter(page => lines(page) === 0 || lines(page) > 80)).toEqual([])
  })
  test('no file is longer than 400 lines, and few than 250', () => {
    const long = [...texts].map(([file, text]) => ({ file, lines: text.split('\n').length - 1 }))
    for (const { file, lines } of long) if (lines > 250) console.info(`${file}: ${lines} lines`)
    expect(long.filter(({ lines }) => lines > 400)).toEqual([])
  })
  test('nothing names a place of one machine', () => {
    expect(files.filter(file => MACHINE.test(texts.get(file) ?? ''))).toEqual([])
  })
})
