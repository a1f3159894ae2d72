const storageKey = 'hts.api-key';
let held: string | null = null;

/** The API key of this browser tab, for a gateway that asks for one. Kept for the session only. */
export function apiKey(): string | null {
  if (held !== null) return held;
  try {
    held = sessionStorage.getItem(storageKey);
  } catch {
    held = null; // Storage can be switched off; the key then has to be typed after each reload.
  }
  return held;
}

export function setApiKey(key: string): void {
  held = key;
  try {
    sessionStorage.setItem(storageKey, key);
  } catch {
    held = key; // Held in memory for as long as the page is open.
  }
}
