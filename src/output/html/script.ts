import { html } from '../../core/html.ts'

/** The only script of the page: filters the findings by level and text, and opens all of them. */
export const script = html`
(() => {
  const every = selector => [...document.querySelectorAll(selector)]
  const findings = every('.finding')
  const groups = every('.group')
  const boxes = every('.tools input[type=checkbox]')
  const search = document.querySelector('.tools input[type=search]')
  const shown = document.querySelector('.tools output')
  const all = document.querySelector('.tools button')
  if (!search) return
  document.documentElement.classList.add('scripted')
  const texts = new Map()
  const text = finding => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase())
    return texts.get(finding)
  }
  const filter = () => {
    const levels = new Set(boxes.filter(box => box.checked).map(box => box.value))
    const words = search.value.toLowerCase().split(' ').filter(Boolean)
    let count = 0
    for (const group of groups) {
      let any = false
      for (const finding of group.querySelectorAll('.finding')) {
        const fits = levels.has(group.dataset.level) && words.every(word => text(finding).includes(word))
        finding.hidden = !fits
        any = any || fits
        if (fits) count += 1
      }
      group.hidden = !any
    }
    shown.textContent = count === findings.length ? '' : count + ' of ' + findings.length
  }
  search.addEventListener('input', filter)
  boxes.forEach(box => box.addEventListener('change', filter))
  all.addEventListener('click', () => {
    const opening = all.dataset.state !== 'open'
    all.dataset.state = opening ? 'open' : ''
    all.textContent = opening ? 'Close all' : 'Open all'
    for (const finding of findings) finding.open = opening
  })
  filter()
})()
`
