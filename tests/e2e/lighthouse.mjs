// Lighthouse: accessibility, best practices and what search engines need, 100 of 100.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, skip } from "./tap.mjs";

const CATEGORIES = ["accessibility", "best-practices", "seo"];

// What takes points off: the audits that failed.
function troubles({ lhr }) {
  if (lhr.runtimeError) return [lhr.runtimeError.message];
  return CATEGORIES.filter(each => lhr.categories[each].score !== 1).map(each => {
    const failed = lhr.categories[each].auditRefs.filter(({ id, weight }) =>
      weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1);
    return `${each} ${Math.round(lhr.categories[each].score * 100)}: ` + failed.map(({ id }) =>
      `${id} ${JSON.stringify(lhr.audits[id].details?.items?.slice(0, 3) ?? "").slice(0, 300)}`).join("; ");
  });
}

// `pages`: a name, a path, and the cookies of who sees it.
export async function rate(modules, flags, origin, pages) {
  const name = "Lighthouse gives 100 for accessibility, best practices and SEO";
  if (!existsSync(join(modules, "lighthouse"))) return skip(name, "npm could not install lighthouse");
  const load = path => import(pathToFileURL(join(modules, path)));
  const { default: lighthouse } = await load("lighthouse/core/index.js");
  const { launch } = await load("chrome-launcher/dist/index.js");
  const chrome = await launch({ chromePath: process.env.ETABLI_CHROMIUM, chromeFlags: flags,
    logLevel: "silent" });
  try {
    for (const { title, path, cookie } of pages) {
      const result = await lighthouse(origin + path, { port: chrome.port, logLevel: "silent",
        onlyCategories: CATEGORIES, throttlingMethod: "provided",
        extraHeaders: cookie ? { Cookie: cookie } : undefined });
      const at = new URL(result.lhr.finalDisplayedUrl ?? origin + path);
      check(`${name}: ${title}`, [...troubles(result),
        at.pathname + at.search !== path && `it looked at ${at}`]);
    }
  } finally {
    await chrome.kill();
  }
}
