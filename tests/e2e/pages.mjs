// Every page: whole, valid, accessible by day and by night, at 320 and 1280 pixels.
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { check, skip, step } from "./tap.mjs";
import { sideways, watch } from "./watch.mjs";

const PAGES_MOST = 10000, SAMPLES_A_SORT = 1;

// What no link leads to.
const APART = ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/recherche?q=j%E2%80%99ai+besoin+d%E2%80%99apprendre+%C3%A0+poser+du+placo",
  "/recherche?q=placo&pole=batiment", "/recherche?q=plcao", "/recherche?q=zzyzx",
  "/recherche?q=a&page=3", "/personnes/999999", "/nulle-part", "/besoins?page=2", "/seances?pole=batiment", "/seances?commune=Nulle-Part", "/besoins?pole=batiment",
  "/en/recherche?q=plasterboard", "/en/recherche?q=zzyzx", "/en/nowhere"];

// Pages of one sort look alike: numbers, keys and what is asked do not matter.
function sort_of(path) {
  const url = new URL(path, "http://x");
  return url.pathname.replace(/\/\d[^/]*(?=\/|$)/g, "/N")
    .replace(/^((?:\/en)?\/(?:poles|structures))\/.+/, "$1/K") +
    [...new Set(url.searchParams.keys())].filter(key => key !== "q" && key !== "texte").sort().join("&");
}

// Follows the links of the site, to `most` pages of each sort. Resolves to a Map of path → { status, text }.
async function crawl(origin, most) {
  const seen = new Map(), anchors = [], troubles = [], met = new Map();
  const waiting = ["/", "/en", ...APART].map(path => [path, "the list"]);
  const queued = new Set(waiting.map(([path]) => path));
  while (waiting.length && seen.size < PAGES_MOST) {
    const [path, from] = waiting.shift();
    const answer = await fetch(origin + path);
    const type = answer.headers.get("content-type") ?? "";
    const text = await answer.text();
    if (answer.status !== 200 && !APART.includes(path) && !APART.includes(from))
      troubles.push(`${answer.status} ${path} from ${from}`);
    if (!type.startsWith("text/html")) continue;
    seen.set(path, { status: answer.status, text });
    for (const [, href] of text.matchAll(/<(?:a|link) [^>]*href="([^"]*)"/g)) {
      const url = new URL(href.replaceAll("&amp;", "&"), origin + path);
      const next = url.pathname + url.search;
      if (url.origin === origin && url.hash) anchors.push([path, next, url.hash.slice(1)]);
      if (url.origin !== origin || queued.has(next)) continue;
      const sort = sort_of(next), count = met.get(sort) ?? 0;
      if (count >= most) continue;
      met.set(sort, count + 1);
      queued.add(next);
      waiting.push([next, path]);
    }
  }
  for (const [from, path, id] of anchors)
    if (queued.has(path) && !seen.get(path)?.text.includes(` id="${id}"`)) troubles.push(`no #${id} at ${path} from ${from}`);
  if (waiting.length) troubles.push(`more than ${PAGES_MOST} pages: ${waiting.length} more links`);
  check(`every link of ${seen.size} pages leads somewhere`, troubles);
  return seen;
}

// The Nu HTML checker, on all pages and what they are dressed with, without the network.
export async function validate(pages, origin, folder, jar) {
  if (!jar) return skip("the Nu HTML checker has nothing to say", "no java to run it");
  const where = mkdtempSync(join(folder, "pages-")), names = [];
  const put = (name, path, text) => {
    writeFileSync(join(where, name), text);
    names.push([name, path]);
  };
  let number = 0;
  const assets = new Set();
  for (const [path, { text }] of pages) {
    put(`${number++}.html`, path, text);
    for (const [, asset] of text.matchAll(/(?:href|src)="(\/statique\/[^"]+\.(?:css|svg))"/g))
      assets.add(asset);
  }
  for (const asset of assets)
    put(`${number++}${asset.match(/\.\w+$/)[0]}`, asset, await (await fetch(origin + asset)).text());
  let said;
  try {
    said = (await promisify(execFile)("java", ["-Xmx768m", "-jar", jar, "--also-check-css", "--also-check-svg",
      "--stdout", "--exit-zero-always", "--format", "json", where], { maxBuffer: 1 << 28 })).stdout;
  } catch (error) {
    return check("the Nu HTML checker runs", error.message);
  }
  const path_of = new Map(names);
  const messages = JSON.parse(said).messages
    .map(each => `${path_of.get(each.url.split("/").pop())}:${each.lastLine}: ${each.message} ${each.extract ?? ""}`);
  check(`the Nu HTML checker has nothing to say on ${names.length} pages, styles and pictures`, messages);
}

async function axe_troubles(page, axe, where) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.flatMap(each => each.nodes.map(node =>
    `${where}: ${each.id}: ${node.target} ${node.failureSummary}`));
}

// What scrolls sideways by itself and holds a table or a picture is reached with the keyboard, and named.
async function unnamed(page) {
  return page.evaluate(() => [...document.querySelectorAll("main *")].filter(each =>
    each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX) &&
    each.querySelector("table, svg") && !(each.tabIndex === 0 && each.getAttribute("role") === "region" &&
      (each.ariaLabel || document.getElementById(each.getAttribute("aria-labelledby")))))
    .map(each => `scrolls without a name or the keyboard: ${each.outerHTML.slice(0, 80)}`));
}

// As wide apart as WCAG 1.4.12 allows a reader to set her texts.
const SPACED = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }`;

// At 320 pixels by day, at 1280 by night, and at 320 with texts spaced out. Choices that are
// folded away are opened.
export async function look(page, axe) {
  const troubles = [];
  await page.evaluate(() => document.querySelectorAll("details").forEach(each => { each.open = true; }));
  for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    troubles.push(...(await sideways(page)).map(each => `${width}: ${each}`), ...await unnamed(page),
      ...await axe_troubles(page, axe, `${width} ${colorScheme}`));
  }
  await page.setViewportSize({ width: 320, height: 900 });
  await page.addStyleTag({ content: SPACED });
  troubles.push(...(await sideways(page)).map(each => `320, spaced: ${each}`));
  return troubles;
}

function samples(pages) {
  const taken = new Map();
  return [...pages.keys()].filter(path => {
    const sort = sort_of(path), count = taken.get(sort) ?? 0;
    taken.set(sort, count + 1);
    return count < SAMPLES_A_SORT || APART.includes(path);
  });
}

// The answer to a form with mistakes, which no link leads to.
async function mistaken(origin, path) {
  const body = new URLSearchParams({ texte: "ab", email: "lea@example", niveau: "9" });
  const answer = await fetch(origin + path, { method: "POST", body });
  return { status: answer.status, text: await answer.text() };
}

// As anyone's browser does: with the page's own policy.
async function open_each(browser, origin, paths) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const troubles = watch(context, origin, [404]);
  const page = await context.newPage();
  for (const path of paths) await page.goto(origin + path, { waitUntil: "networkidle" });
  await context.close();
  return troubles;
}

// Every page of the site, or `most` of each sort.
export async function inspect(browser, origin, folder, { axe, jar }, most) {
  const pages = await crawl(origin, most);
  const paths = samples(pages);
  await step(`${paths.length} pages: nothing is refused, missing or asked for elsewhere`,
    () => open_each(browser, origin, paths));
  for (const path of ["/besoins", "/en/besoins"])
    pages.set(`POST ${path}`, await mistaken(origin, path));
  await validate(pages, origin, folder, jar);
  // Only here may a script run that the page's own policy forbids.
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
  await context.addInitScript(axe);
  const page = await context.newPage();
  for (const path of paths)
    await step(`${path}: axe finds nothing, nothing sticks out`, async () => {
      await page.goto(origin + path);
      return look(page, axe);
    });
  await step("a form sent with mistakes: axe finds nothing, nothing sticks out", async () => {
    await page.goto(origin + "/besoins/nouveau");
    await page.getByRole("textbox").first().fill("ab");
    await page.getByLabel(/adresse/i).fill("lea@example");
    await page.getByRole("button", { name: "Publier mon besoin" }).click();
    await page.getByRole("alert").waitFor();
    return look(page, axe);
  });
  await context.close();
}
