/** The styles, as sheets that are adopted: a page's policy for inline styles does not concern them. */
import { base } from './styles/base';
import { panel } from './styles/panel';
import { turns } from './styles/turns';

export const STYLES = [base, panel, turns];
