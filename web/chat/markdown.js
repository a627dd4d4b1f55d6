/**
 * The small Markdown subset of replies (paragraphs, lists, bold, `[n]` markers) as DOM nodes. Text goes
 * in as text nodes only, so nothing in a reply can become markup.
 */

/** @param {string} text @returns {{kind: 'p' | 'ul' | 'ol', lines: string[]}[]} */
export function blocks(text) {
  const out = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const item = /^(?:[-*•]\s+|(\d+|[٠-٩۰-۹]+)[.)]\s+)(.*)$/u.exec(line);
    const kind = item ? (item[1] ? 'ol' : 'ul') : 'p';
    const last = out.at(-1);
    if (line === '') out.push({ kind: 'p', lines: [] });
    else if (item && last?.kind === kind) last.lines.push(item[2]);
    else if (!item && last?.kind === 'p' && last.lines.length > 0) last.lines.push(line);
    else out.push({ kind, lines: [item ? item[2] : line] });
  }
  return out.filter((block) => block.lines.length > 0);
}

/** @param {string} line @returns {{kind: 'text' | 'bold' | 'marker', text: string}[]} */
export function spans(line) {
  return line
    .split(/(\*\*[^*]+\*\*|\[\d+\])/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^\*\*.+\*\*$/u.test(part)) return { kind: 'bold', text: part.slice(2, -2) };
      if (/^\[\d+\]$/u.test(part)) return { kind: 'marker', text: part.slice(1, -1) };
      return { kind: 'text', text: part };
    });
}

/**
 * @param {string} text
 * @param {(marker: number) => Node} marker makes the node of a citation marker
 * @returns {DocumentFragment}
 */
export function render(text, marker) {
  const fragment = document.createDocumentFragment();
  const fill = (parent, line) => {
    for (const span of spans(line)) {
      if (span.kind === 'marker') parent.append(marker(Number(span.text)));
      else if (span.kind === 'bold') {
        const strong = document.createElement('strong');
        strong.textContent = span.text;
        parent.append(strong);
      } else parent.append(span.text);
    }
  };
  for (const block of blocks(text)) {
    const element = document.createElement(block.kind);
    element.dir = 'auto';
    if (block.kind === 'p') {
      block.lines.forEach((line, at) => {
        if (at > 0) element.append(document.createElement('br'));
        fill(element, line);
      });
    } else {
      for (const line of block.lines) {
        const item = document.createElement('li');
        fill(item, line);
        element.append(item);
      }
    }
    fragment.append(element);
  }
  return fragment;
}
