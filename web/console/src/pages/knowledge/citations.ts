/** Passages of sources and what names them. Pure. */
import type { Bilingual, Passage, Source } from '../../api/knowledge';
import { citeParts, fold } from './content';

export interface Found {
  source: Source;
  passage: Passage;
}

/** The passage that `cite` names. */
export function findCite(sources: readonly Source[], cite: string): Found | null {
  const { source: id, passage: part } = citeParts(cite);
  const source = sources.find((known) => known.id === id);
  const passage = source?.passages.find((known) => known.id === part || known.id === cite);
  return source && passage ? { source, passage } : null;
}

/** `source#passage`, whichever way the passage names itself. */
export const citeOf = (source: Source, passage: Passage): string =>
  passage.id.includes('#') ? passage.id : `${source.id}#${passage.id}`;

const both = (text: Bilingual | null | undefined): string => `${text?.ar ?? ''} ${text?.fa ?? ''}`;

/** Passages whose words hold all of `words`, in the order of the sources. */
export function searchPassages(sources: readonly Source[], words: string): Found[] {
  const wanted = fold(words).split(' ').filter((word) => word !== '');
  return sources.flatMap((source) =>
    source.passages
      .filter((passage) => {
        const text = fold(`${source.id} ${both(source.title)} ${passage.id} ${both(passage.section)} ${both(passage.gist)} ${passage.locator}`);
        return wanted.every((word) => text.includes(word));
      })
      .map((passage) => ({ source, passage })),
  );
}
