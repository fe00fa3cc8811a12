// What people say to notes in one word, counted as it is heard. The page brings what was said before.
import type { Item } from "./items.ts";

export class Said {
  private readonly heard = new Map<string, { note: string; word: string }>();
  private readonly find: (id: string) => HTMLElement | null;
  private readonly words: Readonly<Record<string, string>>;

  constructor(find: (id: string) => HTMLElement | null, words: Readonly<Record<string, string>>) {
    this.find = find;
    this.words = words;
  }

  /** False when one that was said before the page was made is taken back: then only the forum can tell the number. */
  hear(item: Item): boolean {
    const known = this.heard.get(item.id);
    if (item.gone) {
      if (known) this.count(known.note, known.word, -1);
      this.heard.delete(item.id);
      return known !== undefined;
    }
    if (known) return true;
    this.heard.set(item.id, { note: item.inside, word: item.text });
    this.count(item.inside, item.text, 1);
    return true;
  }

  /** The page is new, and has counted all. */
  forget(): void {
    this.heard.clear();
  }

  private count(note: string, word: string, more: number): void {
    const place = this.find(note)?.querySelector<HTMLElement>("[data-said]");
    const label = this.words[word];
    if (!place || label === undefined) return;
    const known = place.querySelector<HTMLElement>(`[data-word="${word}"]`);
    const made = known ?? document.createElement("span");
    const number = Number(made.dataset["number"] ?? 0) + more;
    made.dataset["word"] = word;
    made.dataset["number"] = String(number);
    made.className = "said-word";
    made.textContent = `${number} ${label}`;
    if (!number) made.remove();
    else if (!known) place.append(made);
  }
}
