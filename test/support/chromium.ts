export { chromiumArgs, findChromium } from './chromium.mjs';
