// What was met on the way: every page as the server sent it, kept once a sort, to be judged
// afterwards by axe (by day, by night, narrow, wide, spaced out) and by the Nu HTML checker.
import { createHash } from "node:crypto";

// Pages of one sort look alike: numbers, keys and tokens do not matter.
export function sort_of(url) {
  return url.pathname
    .replace(/\/[\w-]{20,}/g, "/T").replace(/\/\d+/g, "/N")
    .replace(/^((?:\/en)?\/(?:poles|structures))\/[^/]+/, "$1/K");
}

// Tags, classes and states without the words, each run of like neighbours once.
function skeleton(text) {
  const tags = [...text.matchAll(/<(\w+)([^>]*)>/g)].map(([, tag, rest]) =>
    tag + (rest.match(/ (?:class|type|role|aria-invalid|aria-describedby|popover)="[^"]*"/g) ?? []).join("")
      .replace(/\d+/g, "N"));
  const seen = [...new Set(tags)].sort().join("\n");
  return createHash("sha256").update(seen).digest("hex").slice(0, 8);
}

export class Witness {
  constructor() {
    this.pages = new Map();
    this.pending = new Set();
    this.troubles = [];
  }

  // Sees every document that comes to a context.
  attend(context) {
    context.on("response", response => {
      const request = response.request();
      if (!request.isNavigationRequest() || response.status() >= 300 && response.status() < 400) return;
      if (!(response.headers()["content-type"] ?? "").startsWith("text/html")) return;
      const seeing = this.see(request.method(), response);
      this.pending.add(seeing);
      seeing.finally(() => this.pending.delete(seeing));
    });
  }

  async see(method, response) {
    try {
      const text = await response.text(), url = new URL(response.url());
      const key = `${method} ${sort_of(url)} ${response.status()} ${skeleton(text)}`;
      if (!this.pages.has(key)) this.pages.set(key, { url: url.href, status: response.status(), text });
    } catch (error) {
      this.troubles.push(`${method} ${response.url()} could not be read: ${error.message.split("\n")[0]}`);
    }
  }

  async settle() { await Promise.allSettled([...this.pending]); }
}
