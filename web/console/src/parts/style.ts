/** Styles that depend on a value, set as properties: the page's policy forbids the `style` attribute. */
import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

class Styled extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styled() stands in the tag itself, beside its attributes');
  }

  override render(_styles: Readonly<Record<string, string>>): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [styles]: [Readonly<Record<string, string>>]): typeof noChange {
    for (const [name, value] of Object.entries(styles)) (part.element as HTMLElement).style.setProperty(name, value);
    return noChange;
  }
}

/** `<div ${styled({ 'inline-size': '50%' })}>`; names are always the same for one element. */
export const styled = directive(Styled);
