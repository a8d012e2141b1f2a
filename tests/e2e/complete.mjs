// Suggestions under the search field, where scripts run.
import { slow, step } from "./tap.mjs";
import { sideways, watch } from "./watch.mjs";

const OPTIONS = "[role=listbox] [role=option]";

async function typed(page, origin, words) {
  await page.goto(origin + "/");
  await page.locator("input[name=q]").pressSequentially(words);
  await page.locator(OPTIONS).first().waitFor();
  return page.locator(OPTIONS).allInnerTexts();
}

export async function suggest(browser, origin, look) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 },
    reducedMotion: "reduce", locale: "fr-FR" });
  const troubles = watch(context, origin);
  context.setDefaultTimeout(10000 * slow);
  const page = await context.newPage(), field = page.locator("input[name=q]");

  await step("what is half typed is completed", async () => {
    const options = await typed(page, origin, "plac");
    return [!options.some(text => /placo/i.test(text)) && `suggested: ${options}`,
      await field.getAttribute("aria-expanded") !== "true" && "not said to be open",
      await sideways(page)];
  });
  await step("arrows go through the suggestions, which are said; Escape leaves the words", async () => {
    await page.keyboard.press("ArrowDown");
    const active = await field.getAttribute("aria-activedescendant");
    const chosen = page.locator(`${OPTIONS}[aria-selected=true]`);
    const id = await chosen.getAttribute("id");
    await page.keyboard.press("Escape");
    return [active !== id && `said ${active}, shown ${id}`,
      await field.inputValue() !== "plac" && await field.inputValue(),
      await page.locator(OPTIONS).count() && "the list is still open",
      await field.getAttribute("aria-expanded") !== "false" && "not said to be closed"];
  });
  for (const [way, choose] of [
    ["Enter", async () => { await page.keyboard.press("ArrowDown"); await page.keyboard.press("Enter"); }],
    ["a click", async () => page.locator(OPTIONS).first().click()]])
    await step(`${way} takes a suggestion somewhere useful`, async () => {
      const [first] = (await typed(page, origin, "plac")).map(text => text.split(" ")[0]);
      await choose();
      await page.waitForURL(url => url.pathname !== "/");
      const text = await page.getByRole("main").innerText();
      return [!text.includes(first) && `${first} led to ${page.url()}`,
        (await page.getByRole("heading", { level: 1 }).count()) !== 1 && "no whole page"];
    });
  await step("suggestions ask for nothing elsewhere and say no error", async () => troubles);
  await context.close();

  const judged = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
  const open_page = await judged.newPage();
  await step("open suggestions: axe finds nothing, nothing sticks out", async () => {
    await typed(open_page, origin, "plac");
    return look(open_page);
  });
  await judged.close();
}
