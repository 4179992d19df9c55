import { quoted } from './quoted.ts'
import { type CommandWords, namesOf, type OptionWords, valueArms } from './words.ts'

const HEAD = `#compdef nephoscope
# zsh completion of nephoscope. Put this into ~/.zshrc:  source <(nephoscope completion zsh)
_nephoscope() {
  local at="" i
  local -a names options`

const TAIL = `  if [[ "$PREFIX" == -* ]]; then _describe -o option options
  elif (( $#names )); then _describe word names
  else _files
  fi
}
if [[ "$funcstack[1]" == "_nephoscope" ]]; then _nephoscope "$@"
else compdef _nephoscope nephoscope
fi`

/** A script for zsh: words with what they mean where they are known, files otherwise. */
export function zshScript(commands: readonly CommandWords[]): string {
  const paths = commands.map(({ path }) => path).filter(path => path !== '')
  return `${HEAD}
  for ((i = 2; i < CURRENT; i++)); do
    case "$at/$words[i]" in
      ${paths.join('|')}) at="$at/$words[i]" ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${commands.flatMap(command => valueArms(command, valueReply)).join('\n')}
  esac
  case "$at" in
${commands.map(wordArm).join('\n')}
  esac
${TAIL}
`
}

function valueReply({ value, choices }: OptionWords): string {
  return value === 'choice' ? `compadd -- ${choices.join(' ')}; ` : '_files; '
}

function wordArm({ path, commands, options, arguments: words }: CommandWords): string {
  const known = [...commands.map(({ name, about }) => `${name}:${about}`), ...words]
  const flags = options.flatMap(option => namesOf(option).map(name => `${name}:${option.about}`))
  return `    "${path}")\n      names=(${known.map(quoted).join(' ')})\n      options=(${flags.map(quoted).join(' ')}) ;;`
}
