/** Why a reply came: everything that led to it, in words, figures and bars. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Evidence, Explanation, Feature, Ranked, WireReply } from '../../api/tryout';
import type { Format } from '../../format';
import { badge, code, said, type Tone } from '../../parts/views';
import { href } from '../../router';
import { ruleKey, type Texts } from './texts';

export const OUTCOME_TONES: Record<string, Tone> = {
  answer: 'good',
  clarify: 'info',
  no_answer: 'warn',
  emergency: 'danger',
  personal: 'warn',
  smalltalk: '',
};

/** A bar of `share` (0 to 1) with an optional mark; what it says stands beside it in figures. */
function bar(share: number, tone: string, marks: readonly number[] = []): TemplateResult {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return html`<svg class="why-bar ${tone}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="why-track" width="100" height="8" rx="2"></rect>
    <rect class="why-fill" width=${width} height="8" rx="2"></rect>
    ${marks.map((at) => svg`<line class="why-mark" x1=${at * 100} x2=${at * 100} y1="0" y2="8"></line>`)}
  </svg>`;
}

function section(title: string, body: unknown, id: string): TemplateResult {
  return html`<section class="why-part" aria-labelledby=${id}><h3 id=${id}>${title}</h3>${body}</section>`;
}

function decision({ decided, context_used }: Explanation, reply: WireReply, texts: Texts): TemplateResult {
  const rule = texts.rules[ruleKey(decided.rule)] ?? decided.rule;
  return html`<p class="why-rule">${rule}</p>
    ${decided.detail && decided.detail !== reply.pair ? html`<p class="hint">${said(decided.detail)}</p>` : nothing}
    ${context_used.length > 0 ? html`<p class="hint">${texts.contextUsed} ${context_used.map((term) => html`<span class="why-term">${said(term)}</span> `)}</p>` : nothing}
    ${reply.pair ? html`<p>${texts.pair}: <a href=${href(['knowledge', 'pair', reply.pair])}>${code(reply.pair)}</a></p>` : nothing}`;
}

/** A lead beyond this says no more. */
const WIDEST_GAP = 3;

function measures({ coverage, gap, thresholds }: Explanation, reply: WireReply, texts: Texts, fmt: Format): TemplateResult {
  const steps = [thresholds.clarify, thresholds.answer];
  return html`<dl class="why-measures">
    <div>
      <dt>${texts.confidence}</dt>
      <dd>${bar(reply.confidence, 'accent', steps)}<span class="number">${fmt.percent(reply.confidence, 1)}</span></dd>
    </div>
    <div>
      <dt title=${texts.coverageHelp}>${texts.coverage}</dt>
      <dd>${bar(coverage ?? 0, '')}<span class="number">${coverage === null ? '–' : fmt.percent(coverage)}</span></dd>
    </div>
    <div>
      <dt>${texts.gap}</dt>
      <dd>${bar((gap ?? 0) / WIDEST_GAP, '', [thresholds.gap / WIDEST_GAP])}<span class="number">${gap === null ? '–' : fmt.number(gap, 2)}</span></dd>
    </div>
  </dl>
  <p class="hint">${texts.thresholds}: ${Object.entries(thresholds)
    .filter(([name]) => texts.threshold[name])
    .map(([name, value], at) => html`${at > 0 ? ' · ' : ''}${texts.threshold[name]} ${name === 'gap' ? fmt.number(value, 2) : fmt.percent(value)}`)}</p>`;
}

function language({ lang, lang_from, evidence }: Explanation, texts: Texts, fmt: Format): TemplateResult {
  const most = Math.max(...evidence.map(({ weight }) => Math.abs(weight)), 0.001);
  const row = (clue: Evidence): TemplateResult => html`<tr>
    <th scope="row">${said(clue.text)}</th>
    <td>${texts.languages[clue.clue] ?? clue.clue}</td>
    <td class="why-cell">${bar(Math.abs(clue.weight) / most, clue.weight < 0 ? 'against' : '')}<span class="number">${fmt.number(clue.weight, 2)}</span></td>
  </tr>`;
  return html`<p><strong>${texts.languages[lang] ?? lang}</strong> <span class="muted">${texts.langFrom[lang_from] ?? ''}</span></p>
    ${
      evidence.length === 0
        ? html`<p class="hint">${texts.noEvidence}</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.evidence}><table class="table why-table">
            <thead><tr><th scope="col">${texts.clue}</th><th scope="col">${texts.speaksFor}</th><th scope="col">${texts.weight}</th></tr></thead>
            <tbody>${evidence.map(row)}</tbody>
          </table></div>`
    }`;
}

function terms({ steps }: Explanation, texts: Texts): TemplateResult {
  return html`<dl class="why-steps">${steps.map(
    ({ name, terms: words }) => html`<div>
      <dt>${texts.steps[name] ?? name}</dt>
      <dd>${words.length === 0 ? html`<span class="muted">${texts.noTerms}</span>` : words.map((word) => html`<span class="why-term">${said(word)}</span>`)}</dd>
    </div>`,
  )}</dl>`;
}

function screen({ screen: found }: Explanation, texts: Texts): TemplateResult {
  const findings = html`<ul class="hint">${found.findings.map((finding) => html`<li>${said(finding)}</li>`)}</ul>`;
  const rows: [string, readonly string[], Tone][] = [
    [texts.flags, found.flags, 'danger'],
    [texts.personal, found.personal, 'warn'],
    [texts.groups, found.groups, 'info'],
  ];
  const seen = rows.filter(([, ids]) => ids.length > 0);
  if (seen.length === 0) return html`<p>${badge(texts.screenClear, 'good', 'check')}</p>${findings}`;
  return html`<dl class="why-steps">${seen.map(
    ([title, ids, tone]) => html`<div><dt>${title}</dt><dd>${ids.map((id) => badge(html`<bdi>${id}</bdi>`, tone))}</dd></div>`,
  )}</dl>${findings}`;
}

function features(list: readonly Feature[], texts: Texts, fmt: Format): TemplateResult {
  const most = Math.max(...list.map(({ share }) => Math.abs(share)), 0.001);
  const row = (feature: Feature): TemplateResult => html`<tr>
    <th scope="row">${texts.features[feature.name] ?? feature.name}</th>
    <td class="figure">${fmt.number(feature.value, 2)}</td>
    <td class="figure">${fmt.number(feature.weight, 2)}</td>
    <td class="why-cell">${bar(Math.abs(feature.share) / most, feature.share < 0 ? 'against' : 'accent')}<span class="number">${fmt.number(feature.share, 2)}</span></td>
  </tr>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.feature}><table class="table why-table">
    <thead><tr><th scope="col">${texts.feature}</th><th scope="col" class="figure">${texts.value}</th><th scope="col" class="figure">${texts.weight}</th><th scope="col">${texts.adds}</th></tr></thead>
    <tbody>${list.map(row)}</tbody>
  </table></div>`;
}

function candidates({ candidates: ranked, thresholds }: Explanation, texts: Texts, fmt: Format): TemplateResult {
  if (ranked.length === 0) return html`<p class="hint">${texts.noCandidates}</p>`;
  const one = (candidate: Ranked, at: number): TemplateResult => html`<li>
    <details class="why-candidate" ?open=${at === 0}>
      <summary>
        <span class="why-question">${said(candidate.question || candidate.pair)}</span>
        <span class="why-cell">${bar(candidate.confidence, at === 0 ? 'accent' : '', [thresholds.answer])}<span class="number">${fmt.percent(candidate.confidence, 1)}</span></span>
      </summary>
      <p class="row apart"><span>${candidate.kind === 'pair' ? nothing : badge(texts.candidateKinds[candidate.kind] ?? candidate.kind)} ${code(candidate.pair)}</span><a class="button quiet small" href=${href(candidate.kind === 'pair' ? ['knowledge', 'pair', candidate.pair] : ['knowledge', 'entry', candidate.kind, candidate.pair])}>${texts.edit}</a></p>
      ${features(candidate.features, texts, fmt)}
    </details>
  </li>`;
  return html`<ol class="list">${ranked.map(one)}</ol>`;
}

/** The panel beside a reply. */
export function why(explanation: Explanation, reply: WireReply, texts: Texts, fmt: Format): TemplateResult {
  return html`<div class="stack">
    <div class="row">
      ${badge(texts.outcomes[reply.outcome] ?? reply.outcome, OUTCOME_TONES[reply.outcome] ?? '')}
      <span class="muted number">${texts.confidence} ${fmt.percent(reply.confidence, 1)}</span>
      <span class="muted">${texts.knowledge} ${code(version(reply.knowledge))}</span>
    </div>
    ${section(texts.decision, decision(explanation, reply, texts), 'why-decision')}
    ${section(texts.screen, screen(explanation, texts), 'why-screen')}
    ${section(texts.measures, measures(explanation, reply, texts, fmt), 'why-measures')}
    ${section(texts.candidates, candidates(explanation, texts, fmt), 'why-candidates')}
    ${section(texts.language, language(explanation, texts, fmt), 'why-language')}
    ${section(texts.terms, terms(explanation, texts), 'why-terms')}
  </div>`;
}

/** The first figures of a version, enough to tell two apart. */
export const version = (knowledge: string): string => knowledge.replace(/^sha256:/u, '').slice(0, 10);
