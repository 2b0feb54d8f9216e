import { type Extension, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { Remark } from './remarks.ts'

/** Replaces the remarks of the editor. */
export const showRemarks = StateEffect.define<Remark[]>()

/** Shows the remarks at the ends of their lines, and colours the lines. They move with the text until they are replaced. */
export const remarkLines: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, newDoc }) {
    const remarks = effects.find(effect => effect.is(showRemarks))?.value
    if (!remarks) return shown.map(changes)
    const byLine = Map.groupBy(remarks, ({ line }) => Math.min(line, newDoc.lines))
    const ranges = [...byLine].flatMap(([line, on]) => decorationsOf(newDoc.line(line), on))
    return RangeSet.of(ranges, true)
  },
  provide: field => EditorView.decorations.from(field),
})

function decorationsOf({ from, to }: { from: number; to: number }, on: Remark[]): Range<Decoration>[] {
  const tone = on.some(remark => remark.tone === 'error') ? 'error' : 'note'
  const text = on.map(remark => remark.text.replaceAll('`', '')).join(' · ')
  return [
    Decoration.line({ class: `line-${tone}` }).range(from),
    Decoration.widget({ widget: new RemarkWidget(text, tone), side: 1 }).range(to),
  ]
}

class RemarkWidget extends WidgetType {
  readonly text: string
  readonly tone: string
  constructor(text: string, tone: string) {
    super()
    this.text = text
    this.tone = tone
  }
  override eq(other: RemarkWidget) {
    return other.text === this.text && other.tone === this.tone
  }
  override toDOM() {
    const element = document.createElement('span')
    element.className = `remark ${this.tone}`
    element.textContent = this.text
    // The list below the editor has the same texts for screen readers.
    element.setAttribute('aria-hidden', 'true')
    return element
  }
}
