/** A fenced block that names a file. */
export interface ShownFile {
  readonly language: string;
  readonly path: string;
  readonly contents: string;
}

/** Files that a page of the docs shows: fenced blocks that name one. */
export const filesIn = (markdown: string): readonly ShownFile[] =>
  [...markdown.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(
    ([, language = '', path = '', contents = '']) => ({ language, path, contents }),
  );
