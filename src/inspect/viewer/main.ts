import { adoptStyle } from '../panel/index.ts';
import { createViewer } from './createViewer.ts';

adoptStyle(document, window);
void createViewer(document);
