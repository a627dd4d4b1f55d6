/** Starts the console: fonts, styles, the words of the components, then the page. */
import '@fontsource-variable/vazirmatn/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import '@awesome.me/webawesome/dist/translations/ar.js';
import '@awesome.me/webawesome/dist/translations/fa.js';
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import signs from './parts/signs.svg?url';
import { locale } from './state/locale';

// Web Awesome's own icons come from elsewhere unless they are named here.
for (const library of ['default', 'system']) {
  registerIconLibrary(library, { resolver: (name) => `${signs}#${name}`, spriteSheet: true });
}
locale.show();
await import('./shell/app');
