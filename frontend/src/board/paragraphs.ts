// What is written in one go, as the paragraphs it becomes. A form without script does the same (`kompetanse/board/paragraphs.py`).
const MOST = 500;

/** Parted at blank lines; one that is too long after a sentence, and a sentence that is too long where it must. */
export function paragraphsIn(text: string, most = MOST): string[] {
  const whole = text.replaceAll("\r\n", "\n").split(/\n\s*\n/).map((part) => part.trim());
  return whole.filter(Boolean).flatMap((part) => (part.length > most ? pieces(part, most) : [part]));
}

function pieces(part: string, most: number): string[] {
  const done: string[] = [];
  let held = "";
  for (const sentence of part.split(/(?<=[.!?…])\s+/)) {
    if (held && held.length + 1 + sentence.length > most) {
      done.push(held);
      held = "";
    }
    held = held ? `${held} ${sentence}` : sentence;
    while (held.length > most) {
      const space = held.lastIndexOf(" ", most);
      const at = space > 0 ? space : most;
      done.push(held.slice(0, at).trim());
      held = held.slice(at).trim();
    }
  }
  return held ? [...done, held] : done;
}
