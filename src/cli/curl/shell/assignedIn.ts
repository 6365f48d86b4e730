const ASSIGNMENT =
  /^[^\S\n]*(?:export[^\S\n]+|\$env:|set[^\S\n]+)?(?<name>[A-Za-z_]\w{0,60})=(?:'(?<literal>[^'\n]*)'|"(?<quoted>[^"\n$`\\]*)"|(?<plain>[^\s"'$`;&|()\\]*))[^\S\n]*;?[^\S\n]*$/gm;

/** The variables of a shell that lines of a text give a plain value. */
export const assignedIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(ASSIGNMENT)].map(({ groups = {} }) => [
      groups['name'] ?? '',
      groups['literal'] ?? groups['quoted'] ?? groups['plain'] ?? '',
    ]),
  );
