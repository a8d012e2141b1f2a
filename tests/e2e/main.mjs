// Browser stories. Speaks TAP; run.sh says what it needs and starts it.
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { suggest } from "./complete.mjs";
import { live_all, worlds } from "./exchange.mjs";
import { see_gaps } from "./gaps.mjs";
import { Keyboard, Mouse } from "./hands.mjs";
import { rate } from "./lighthouse.mjs";
import { see_signed_in } from "./signed_in.mjs";
import { inspect, look } from "./pages.mjs";
import * as site from "./site.mjs";
import { check, plan, step } from "./tap.mjs";
import { tell } from "./story.mjs";
import { watch } from "./watch.mjs";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PAGES_OF_A_SORT = 1; // all for run.sh pages
const BYTES_MOST = 60 * 1024, REQUESTS_MOST = 6;
const NARROW = { viewport: { width: 320, height: 640 } };
const WIDE = { viewport: { width: 1280, height: 900 } };

// What is wanted of "mouse, 320" and the like, "exchange", "signed in", "gaps", "suggestions" and "pages". Without:
// visitors, suggestions, the gaps of a pole, a page of each sort and the exchange in one world, not judged by axe, Nu and
// Lighthouse (script/soak lives in all four worlds, judges them and every page, and sees who is signed
// in).
const only = process.argv[2] ?? "";
const SHORT_WORLDS = ["exchange, 320"];
// Chapters of the exchange by name, commas between; all without.
const chapters = process.argv[3]?.split(",");
const modules = process.env.ETABLI_NODE_MODULES;
const require = createRequire(join(modules, "none.js"));
const { chromium } = require("playwright-core");
const has_java = spawnSync("java", ["-version"]).status === 0;
const tools = { rate: (origin, pages) => rate(modules, FLAGS, origin, pages), axe: require("axe-core").source,
  jar: has_java ? join(modules, "vnu-jar/build/dist/vnu.jar") : null };

async function first_visit(browser, origin) {
  await step("a first visit takes 6 requests and 60 kB at most", async () => {
    const context = await browser.newContext(WIDE);
    const troubles = watch(context, origin);
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    let bytes = 0, requests = 0;
    await wire.send("Network.enable");
    wire.on("Network.requestWillBeSent", () => { requests += 1; });
    wire.on("Network.loadingFinished", event => { bytes += event.encodedDataLength; });
    await page.goto(origin + "/", { waitUntil: "networkidle" });
    await context.close();
    console.log(`# ${requests} requests, ${bytes} bytes`);
    return [...troubles, requests > REQUESTS_MOST && `${requests} requests`,
      requests < 2 && "the page has no style", bytes > BYTES_MOST && `${bytes} bytes`];
  });
}

async function skip_link(browser, origin) {
  await step("the first Tab offers to skip to the content, and the next one is in it", async () => {
    const page = await browser.newPage(NARROW);
    await page.goto(origin + "/poles");
    await page.keyboard.press("Tab");
    const link = page.locator(":focus"), box = await link.boundingBox();
    const name = await link.innerText();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const isInside = await page.evaluate(() =>
      document.querySelector("main").contains(document.activeElement));
    await page.close();
    return [name !== "Aller au contenu" && `first: ${name}`,
      !(box?.x >= 0 && box.y >= 0) && "the link is not seen", !isInside && "the focus is elsewhere"];
  });
}

const visitors = [
  { name: "mouse, 1280", word: "girlotin", Hand: Mouse, ...WIDE },
  { name: "mouse, 320", word: "barvelin", Hand: Mouse, ...NARROW },
  { name: "keyboard, 1280", word: "tromelet", Hand: Keyboard, ...WIDE },
  { name: "keyboard, 320", word: "choubrin", Hand: Keyboard, ...NARROW },
  { name: "no script, 1280", word: "fanduchet", Hand: Mouse, javaScriptEnabled: false, ...WIDE },
  { name: "no script, keyboard, 320", word: "plivenot", Hand: Keyboard, javaScriptEnabled: false,
    ...NARROW }];

let browser, home;
try {
  home = await site.open();
  // Every launch gets a new, empty user-data-dir.
  browser = await chromium.launch({ executablePath: process.env.ETABLI_CHROMIUM, args: FLAGS });
  await first_visit(browser, home.origin);
  await skip_link(browser, home.origin);
  for (const visitor of visitors.filter(each => each.name.includes(only)))
    await tell(browser, home.origin, visitor);
  const lived = worlds.filter(each => only ? each.name.includes(only)
    : SHORT_WORLDS.includes(each.name));
  for (const world of lived) world.only = chapters;
  if (lived.length) await live_all(browser, home.origin, lived, tools, only !== "");
  if (only && "signed in".includes(only)) await see_signed_in(browser, tools);
  if ("gaps".includes(only)) await see_gaps(browser, tools, only !== "");
  if ("suggestions".includes(only))
    await suggest(browser, home.origin, page => look(page, tools.axe));
  if ("pages".includes(only))
    await inspect(browser, home.origin, site.folder, tools,
      Number(process.argv[3]) || (only ? Infinity : PAGES_OF_A_SORT));
} catch (error) {
  check("the stories could be told", error.stack);
} finally {
  await browser?.close();
  if (home) check("told to stop, the server stops cleanly", await home.stop() === 0 ? [] : "it did not");
  site.remove();
  plan();
}
