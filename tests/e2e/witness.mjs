// What was met on the way: every page as the server sent it, kept once a sort, to be judged
// afterwards by axe (by day, by night, narrow, wide, spaced out) and by the Nu HTML checker.
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { check } from "./tap.mjs";

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

// Shows a kept page as it was sent, whatever has become of it since, and hands it to `view`.
async function show(page, kept, view) {
  const isKept = url => url.href === kept.url;
  await page.route(isKept, route => route.fulfill({ status: 200, contentType: "text/html; charset=utf-8",
    body: kept.text }));
  await page.goto(kept.url);
  const answer = await view(page);
  await page.unroute(isKept);
  return answer;
}

// Pictures of every kept page for people to look at: narrow by day, wide by night, and so on.
async function picture(page, folder, name) {
  for (const [width, colorScheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  }
}

function file_name(key) {
  return key.replace(/[^\w]+/g, "_");
}

// `look` judges a page in a browser, two at a time, `validate` the text of them all. With a folder for
// pictures they are taken too. `axe` may run in the browser though the pages' own policy forbids it.
export async function judge(browser, witness, { axe, look, validate, pictures }) {
  check("every page met could be read", witness.troubles);
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
  const troubles = [], waiting = [...witness.pages];
  if (pictures) mkdirSync(pictures, { recursive: true });
  await context.addInitScript(axe);
  const judge_some = async () => {
    const page = await context.newPage();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [key, kept] = next;
      const found = await show(page, kept, async () => {
        if (pictures) await picture(page, pictures, file_name(key));
        return look(page);
      }).catch(error => [error.message]);
      troubles.push(...found.map(each => `${key}: ${each}`));
    }
  };
  await Promise.all([judge_some(), judge_some(), validate(witness.pages)]);
  await context.close();
  check(`axe finds nothing on ${witness.pages.size} pages met, nothing sticks out`, troubles);
}
