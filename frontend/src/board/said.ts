// What people say to notes, in one word or in many, counted as it is heard. The page brings what was said before.
import type { Item } from "./items.ts";

/** What is not one of our words is counted under what it is. */
const COMMENT = "comment";

export class Said {
  private readonly heard = new Map<string, { note: string; word: string }>();
  private readonly find: (id: string) => HTMLElement | null;
  private readonly words: Readonly<Record<string, string>>;
  private readonly comments: string;

  /** `comments` is "1 comment|{n} comments". */
  constructor(find: (id: string) => HTMLElement | null, words: Readonly<Record<string, string>>, comments: string) {
    this.find = find;
    this.words = words;
    this.comments = comments;
  }

  /** False when it is about something that was said before the page was made: then only the forum can tell the number. */
  hear(item: Item): boolean {
    const known = this.heard.get(item.id);
    if (item.gone) {
      if (known) this.count(known.note, known.word, -1);
      this.heard.delete(item.id);
      return known !== undefined;
    }
    if (known) return true;
    // Said anew: its words are as old as itself.
    if (item.base !== item.seq) return false;
    const word = item.kind === "comment" ? COMMENT : item.text;
    this.heard.set(item.id, { note: item.inside, word });
    this.count(item.inside, word, 1);
    return true;
  }

  /** The page is new, and has counted all. */
  forget(): void {
    this.heard.clear();
  }

  private count(note: string, word: string, more: number): void {
    const card = this.find(note);
    // In the list it stands beside the way to comments.
    const beside = word === COMMENT ? card?.querySelector<HTMLElement>("[data-comments]") : null;
    if (beside) return besideLink(beside, more);
    const place = card?.querySelector<HTMLElement>("[data-said]");
    if (!place || this.told(word, 1) === undefined) return;
    const known = place.querySelector<HTMLElement>(`[data-word="${word}"]`);
    const made = known ?? document.createElement("span");
    const number = Number(made.dataset["number"] ?? 0) + more;
    made.dataset["word"] = word;
    made.dataset["number"] = String(number);
    made.className = "said-word";
    made.textContent = this.told(word, number) ?? "";
    if (number <= 0) made.remove();
    else if (!known) place.append(made);
  }

  private told(word: string, number: number): string | undefined {
    return counted(word, number, this.words, this.comments);
  }
}

function besideLink(place: HTMLElement, more: number): void {
  const number = Math.max(0, Number(place.dataset["number"] ?? 0) + more);
  place.dataset["number"] = String(number);
  place.textContent = number ? ` (${number})` : "";
}

/** "2 agree", "1 comment"; nothing for what is no word of ours. */
export function counted(word: string, number: number, words: Readonly<Record<string, string>>, comments: string): string | undefined {
  if (word !== COMMENT) return words[word] === undefined ? undefined : `${number} ${words[word]}`;
  return numbered(number, comments);
}

/** `words` is "1 note|{n} notes". */
export function numbered(number: number, words: string): string {
  const [one = "", many = ""] = words.split("|");
  return number === 1 ? one : many.replace("{n}", String(number));
}
