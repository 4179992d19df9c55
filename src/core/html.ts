import { visible } from './terminal.ts'

/** Text that is safe to hand to a browser as markup. Only `html` makes it. */
export interface Html {
  readonly kind: 'html'
  readonly [made]: string
}

const made: unique symbol = Symbol('made by html')

/** What may stand in a template: texts and numbers are escaped, markup stays, lists are joined, `undefined` is nothing. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[]

/**
 * Markup from a template whose own text is trusted and whose values are not: a value is escaped for element
 * content and for quoted attributes. Never put one into a script, a style, an unquoted attribute or, unchecked,
 * an address.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = parts[0] ?? ''
  values.forEach((value, index) => {
    text += markup(value) + (parts[index + 1] ?? '')
  })
  return { kind: 'html', [made]: text }
}

/** The text of markup, to be written out. */
export function markup(value: HtmlValue): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return isList(value) ? value.map(markup).join('') : value[made]
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value)
}

const SPECIAL = /[&<>"'`]/g

function escaped(text: string): string {
  return visible(text).replace(SPECIAL, character => `&#${character.charCodeAt(0)};`)
}
