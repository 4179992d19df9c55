import { identityClass } from '../../context/identity-class.ts'
import { bytesText, counted, firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { Answer } from '../../findings/sections.ts'
import { originText } from './because.ts'
import type { Chain, Egress } from './chain.ts'
import type { Judgement } from './judge.ts'
import type { Telling } from './telling.ts'

/** Who, from where, by which session and click, which image, which machines, and to whom they talked. */
export function answersOf(
  { chain, verdict, first, blindness }: Judgement,
  { world, coverage }: Telling,
): readonly Answer[] {
  const { actor, address, userAgent, account, region } = chain.event.hit.event
  const { class: identity, rule } = identityClass(world.context, actor)
  const machines = chain.launch.machines.map(({ id }) => id)
  const addresses = chain.launch.machines.flatMap(({ addresses: list, interfaces }) => [
    ...interfaces,
    ...list,
  ])
  const destination =
    first === undefined
      ? blindness === undefined
        ? 'none: no connection to outside was seen'
        : `unknown: ${blindness}`
      : `${first.flow.to}${nameText(first)} port ${first.flow.port}, ${counted(chain.flows, 'connection')}, ${bytesText(chain.bytes)}`
  return [
    { question: 'who', value: `${actor.principal ?? 'unknown: no principal'} (${identity}, ${rule})` },
    { question: 'from where', value: `${address ?? 'unknown: no address'}, ${userAgent ?? 'no user agent'}` },
    { question: 'session', value: `${chain.session.kind}: ${chain.session.reasons.join('; ')}` },
    { question: 'click', value: clickText(chain, coverage.clicks) },
    {
      question: 'image',
      value: `${chain.image}: ${verdict.verdict === verdict.provenance ? '' : `${verdict.verdict}, `}${originText(verdict)}${chain.isNew ? '; new in these logs' : ''}`,
    },
    {
      question: 'machines',
      value: `${firstFew(machines, 3)} in ${[account ?? '?', region].filter(part => part !== undefined).join(' ')}, network ${chain.launch.network ?? 'unknown'}`,
      details: { machines, interfaces_and_addresses: addresses },
    },
    { question: 'destination', value: destination },
  ]
}

function clickText({ click, session: { signIn }, image }: Chain, observable: boolean): string {
  if (click !== undefined) {
    const by = click.user === undefined ? '' : ` by ${click.user}`
    const names = click.url.includes(image)
      ? ', which names the image'
      : click.deep
        ? ', straight to a launch'
        : ''
    return `${shortened(click.url)} at ${isoTime(click.event.time)}${by}${names}`
  }
  const why = observable
    ? 'click logs were read, and nobody of that name or address opened a console by a link in the hour before'
    : 'no log of clicks was read'
  if (signIn === undefined) return `unknown: ${why}; that a person did it is inferred from the session`
  const from = signIn.from === undefined ? '' : ` from ${signIn.from}`
  return `unknown: ${why}; the sign-in before is ${signIn.action} at ${isoTime(signIn.time)}${from}`
}

/** The name by which the machine knew the address. */
export function nameText({ lookup }: Egress): string {
  return lookup === undefined ? '' : ` (${lookup.name})`
}

function shortened(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url
}
