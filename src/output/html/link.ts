import { type Html, html } from '../../core/html.ts'

/** A link if the address is of the web, else its text: `javascript:` and the like never become one. */
export function link(address: string, text = address): Html {
  return isWeb(address) ? html`<a href="${address}" rel="noreferrer noopener">${text}</a>` : html`${text}`
}

/** An ATT&CK technique, linked if it reads as one. */
export function techniqueLink(id: string): Html {
  const [, technique, sub] = /^(T\d{4})(?:\.(\d{3}))?$/.exec(id) ?? []
  if (technique === undefined) return html`${id}`
  return link(`https://attack.mitre.org/techniques/${technique}/${sub === undefined ? '' : `${sub}/`}`, id)
}

function isWeb(address: string): boolean {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return false
  const { protocol } = new URL(address)
  return protocol === 'https:' || protocol === 'http:'
}
