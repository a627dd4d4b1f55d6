/** Registers `<mujib-chat>`, and puts one on a page that holds none. */
import { MujibChat } from './element';
import { ATTRIBUTES } from './options';

declare const __FONT__: string;

function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return current;
  // Loaded as a module or by another script.
  return document.querySelector<HTMLScriptElement>('script[src*="widget.js"]');
}

function place(script: HTMLScriptElement): void {
  if (document.querySelector('mujib-chat')) return;
  const element = document.createElement('mujib-chat');
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  const target = script.dataset.target ? document.querySelector(script.dataset.target) : null;
  if (target) element.setAttribute('mode', 'inline');
  (target ?? document.body).append(element);
}

const script = ownScript();
MujibChat.home = script?.src ? new URL('.', script.src).href : '';
MujibChat.fontPath = __FONT__;
if (!customElements.get('mujib-chat')) customElements.define('mujib-chat', MujibChat);
if (script && script.dataset.manual === undefined) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => place(script));
  else place(script);
}
