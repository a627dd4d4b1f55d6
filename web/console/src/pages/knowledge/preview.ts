/** An answer as the widget will show it, made from what stands in the editor. Pure. */
import type { Bilingual, Lang, Source } from '../../api/knowledge';
import { findCite } from './citations';
import type { Pair } from './content';

export interface Caution {
  code: string;
  text: Bilingual;
}

/** The caution under every answer, by its code; those of risk tags have the tag as theirs. */
const GENERAL = 'not-medical-advice';

/** The wire's reply for `lang`. Citations that name nothing are left out, as their markers are in the widget. */
export function previewReply(
  pair: Pair,
  lang: Lang,
  sources: readonly Source[],
  cautions: readonly Caution[],
): Record<string, unknown> {
  const citations = pair.cites.flatMap((cite, at) => {
    const found = findCite(sources, cite);
    if (!found) return [];
    const { source, passage } = found;
    return [
      {
        marker: at + 1,
        source: source.id,
        title: source.title[lang],
        section: passage.section[lang],
        lang: source.lang,
        passage: passage.id,
        gist: passage.gist[lang],
        url: null,
      },
    ];
  });
  const disclaimers = cautions
    .filter(({ code }) => code === GENERAL || pair.risk.includes(code))
    .map(({ code, text }) => ({ code, text: text[lang] }));
  return {
    type: 'reply',
    seq: 1,
    id: `preview-${lang}`,
    in_reply_to: null,
    outcome: 'answer',
    lang,
    dir: 'rtl',
    text: pair[lang].answer,
    citations,
    disclaimers,
    suggestions: [],
    pair: null,
    sent_at: '',
  };
}
