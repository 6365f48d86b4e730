const METHOD =
  '(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|[A-Z]{3,20}(?=[^\\S\\n]+\\S+[^\\S\\n]+HTTP/))';

/**
 * The first line of a request: as on the wire, as `curl -v` shows it (`> POST …`), as a file of an editor has it, where
 * the version may be missing.
 */
export const requestLine = (): RegExp =>
  new RegExp(
    String.raw`^(?<mark>[^\S\n]{0,20}(?:>[^\S\n]{1,4})?)${METHOD}[^\S\n]+(?<target>(?:https?:\/\/|\{\{|\/)[^\s]*|\S+(?=[^\S\n]+HTTP\/\d))[^\S\n]*(?<version>HTTP\/\d(?:\.\d)?)?[^\S\n]*$`,
    'gm',
  );
