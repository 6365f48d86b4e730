/** The beginning of a body. What breaks off or hangs in the middle counts as cut: status and headers have come. */
export const readStart = async (
  { body }: Response,
  maxBytes: number,
): Promise<{ readonly text: string; readonly isCut: boolean }> => {
  if (!body) return { text: '', isCut: false };
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let size = 0;
  try {
    while (size <= maxBytes) {
      const { value, done } = await reader.read();
      if (done) return { text, isCut: false };
      size += value.length;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { text, isCut: true };
  }
  reader.cancel().catch(() => undefined);
  return { text, isCut: true };
};
