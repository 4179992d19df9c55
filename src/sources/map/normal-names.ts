import type { Alias, Aliases } from '../aliases/alias.ts'
import { same } from '../aliases/words.ts'

/** Names under which a mapping file should give what a visit of a page, or a click, tells; and what Sigma's rules call each. */
const SIGMA: { readonly [name: string]: readonly string[] } = {
  url: ['c-uri', 'cs-uri'],
  host: ['cs-host', 'r-dns'],
  user: ['cs-username'],
  address: ['c-ip', 'src_ip'],
  destination_address: ['dst_ip', 's-ip'],
  user_agent: ['c-useragent', 'cs-user-agent'],
  method: ['cs-method'],
  status: ['sc-status'],
  referrer: ['cs-referrer', 'cs-referer'],
  cookie: ['cs-cookie'],
  bytes_sent: ['cs-bytes'],
  bytes_received: ['sc-bytes'],
}

/** Sigma's categories whose rules have these names. */
const OF_THE_WEB: ReadonlySet<string> = new Set(['proxy', 'webserver'])

/** Sigma's names for each normal one; none for a log of another category. */
export function sigmaNames(categories: readonly string[]): typeof SIGMA {
  return categories.some(category => OF_THE_WEB.has(category)) ? SIGMA : {}
}

/** The parts of a URL under Sigma's names. */
export function urlParts(url: string): readonly (readonly [name: string, value: string])[] {
  const [address = '', query] = url.replace(/#.*$/s, '').split(/\?(.*)/s)
  const stem = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(stem)?.[1]
  return [
    ...(stem === '' ? [] : [['c-uri-stem', stem] as const, ['cs-uri-stem', stem] as const]),
    ...(query === undefined ? [] : [['c-uri-query', query] as const, ['cs-uri-query', query] as const]),
    ...(extension === undefined ? [] : [['c-uri-extension', extension] as const]),
  ]
}

/** The host in a URL, or in what a proxy is asked to connect to: `files.example.com:443`. */
export function hostOf(url: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(url)?.[1]
  return (whole ?? /^([^/:?#\s]+):\d{1,5}$/.exec(url)?.[1])?.toLowerCase()
}

const address: Alias = same('address', '_event.address')
const user: Alias = same('user', '_event.actor')

/** Names of Splunk's Common Information Model, of ECS and OCSF for the normal ones. */
export const mappedAliases: Aliases = {
  user,
  src_user: user,
  'user.name': user,
  'actor.user.name': user,
  src: address,
  src_ip: address,
  'source.ip': address,
  'src_endpoint.ip': address,
  dest: same('host', 'destination_address'),
  dest_ip: same('destination_address'),
  'destination.ip': same('destination_address'),
  url_domain: same('host'),
  'url.domain': same('host'),
  'url.full': same('url'),
  'url.original': same('url'),
  http_method: same('method'),
  'http.request.method': same('method'),
  http_referrer: same('referrer'),
  http_user_agent: same('user_agent', '_event.user_agent'),
  'user_agent.original': same('user_agent', '_event.user_agent'),
  'http.response.status_code': same('status'),
  bytes_out: same('bytes_sent'),
  bytes_in: same('bytes_received'),
  action: same('_event.action'),
  'event.action': same('_event.action'),
}
