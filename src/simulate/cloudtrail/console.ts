import { roleArn } from '../organisation/accounts.ts'
import type { Person } from '../organisation/types.ts'
import type { Random } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import { SECOND } from '../span.ts'
import { PAGES, type Page } from './console-pages.ts'
import { consoleSession, type Session } from './session.ts'

/** How the console names itself when it calls for its user. */
const CONSOLE_AGENTS = ['AWS Internal', 'AWS Internal', 'AWS Internal', 'console.amazonaws.com']

export function consoleAgent(random: Random): string {
  return random.pick(CONSOLE_AGENTS)
}

/** A person signs in: the identity provider or a password, and then the console. */
export function signIn(recorder: Recorder, person: Person, time: number, region: string): Session {
  const session = consoleSession(person, time, recorder.random)
  if (!person.localUser) federate(recorder, person, time - 2 * SECOND, region)
  recorder.call({
    session: { ...session, identity: withoutKey(session), console: false },
    service: 'signin',
    action: 'ConsoleLogin',
    region: 'us-east-1',
    time,
    write: true,
    type: 'AwsConsoleSignIn',
    response: { ConsoleLogin: 'Success' },
    additional: {
      LoginTo: `https://console.aws.amazon.com/console/home?region=${region}`,
      MobileVersion: 'No',
      MFAUsed: person.localUser ? 'Yes' : 'No',
    },
  })
  return session
}

/** A wrong password: there is no error code, the response says it. */
export function failedSignIn(recorder: Recorder, person: Person, time: number, address: string): string {
  const { account } = person.role
  return recorder.call({
    session: {
      account,
      identity: {
        type: 'IAMUser',
        principalId: person.principalId,
        accountId: account.id,
        accessKeyId: '',
        userName: person.name,
      },
      principal: `arn:aws:iam::${account.id}:user/${person.name}`,
      arn: '-',
      address,
      userAgent: person.userAgent,
      console: false,
    },
    service: 'signin',
    action: 'ConsoleLogin',
    region: 'us-east-1',
    time,
    write: true,
    type: 'AwsConsoleSignIn',
    response: { ConsoleLogin: 'Failure' },
    additional: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      MFAUsed: 'No',
    },
    more: { errorMessage: 'Failed authentication' },
  })
}

/** Opens a page: several reads within a second or two, most of them under the console's own name. */
export function openPage(
  recorder: Recorder,
  visit: { readonly session: Session; readonly time: number; readonly region: string; readonly page?: Page },
): number {
  const { random } = recorder
  const { session, time, region } = visit
  const page = visit.page ?? random.pickFirst(PAGES)
  for (const { service, action, request } of page.reads) {
    recorder.call({
      session,
      service,
      action,
      region: page.global === true ? 'us-east-1' : region,
      time: time + random.whole(0, 2) * SECOND,
      ...(request === undefined ? {} : { request }),
      ...(random.chance(0.6) ? { userAgent: consoleAgent(random) } : {}),
      ...(random.chance(0.007) ? { error: denied(session, service, action) } : {}),
    })
  }
  return page.reads.length
}

/** The console is used from one role as another, in another account. */
export function switchRole(recorder: Recorder, session: Session, time: number, to: string): string {
  return recorder.call({
    session: { ...session, identity: withoutKey(session), console: false },
    service: 'signin',
    action: 'SwitchRole',
    region: 'us-east-1',
    time,
    write: true,
    type: 'AwsConsoleSignIn',
    response: { SwitchRole: 'Success' },
    additional: {
      SwitchFrom: session.arn,
      SwitchTo: to,
      RedirectTo: 'https://console.aws.amazon.com/console/home',
    },
  })
}

function denied(
  session: Session,
  service: string,
  action: string,
): { readonly code: string; readonly message: string } {
  const code = service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied'
  return { code, message: `User: ${session.arn} is not authorized to perform: ${service}:${action}` }
}

function federate(recorder: Recorder, person: Person, time: number, region: string): string {
  const { role } = person
  return recorder.call({
    session: {
      account: role.account,
      identity: {
        type: 'SAMLUser',
        principalId: `${recorder.random.letters(27)}=:${person.mail}`,
        userName: person.mail,
        identityProvider: `${recorder.random.letters(27)}=`,
      },
      principal: person.mail,
      arn: '-',
      address: person.homeAddress,
      userAgent: person.userAgent,
      console: false,
    },
    service: 'sts',
    action: 'AssumeRoleWithSAML',
    region,
    time,
    request: { roleArn: roleArn(role), roleSessionName: person.mail, durationSeconds: 43_200 },
    response: {
      assumedRoleUser: {
        assumedRoleId: `${role.id}:${person.mail}`,
        arn: `arn:aws:sts::${role.account.id}:assumed-role/${role.name}/${person.mail}`,
      },
    },
    resources: [{ accountId: role.account.id, type: 'AWS::IAM::Role', ARN: roleArn(role) }],
  })
}

function withoutKey({ identity }: Session): Session['identity'] {
  const { accessKeyId: _key, sessionContext: _context, ...rest } = identity
  return rest
}
