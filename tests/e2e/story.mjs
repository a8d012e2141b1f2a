// The creator's story: find who knows, see why, and publish a need when nothing fits.
import { check, expect, slow, step } from "./tap.mjs";
import { sideways, watch } from "./watch.mjs";

const NEED = "j’ai besoin d’apprendre à poser du placo";

async function heading(page) {
  return page.getByRole("heading", { level: 1 }).innerText();
}

async function find(page, hand, origin, told) {
  await told("types her need on the first page and gets people", async () => {
    await page.goto(origin + "/");
    await hand.write(asked(page), NEED);
    await hand.send(page.getByRole("button", { name: "Chercher" }));
    const title = await heading(page);
    return [expect(/^\d+ /.test(title) && title.includes("placo"), `h1: ${title}`),
      expect((await people(page).count()) > 2, "three people at least"),
      expect(await asked(page).inputValue() === NEED, "her words are kept")];
  });
  await told("sees why each of the first three was thought of", async () => {
    const cards = await people(page).evaluateAll(links => links.slice(0, 3)
      .map(link => link.closest("li"))
      .map(card => [card.querySelectorAll("mark").length, card.innerText]));
    return cards.map(([marks, text]) => expect(marks > 0 || /placo/i.test(text), `no why: ${text}`));
  });
  await told("opens a card, and goes back to the same results", async () => {
    const link = people(page).first(), name = await link.innerText(), url = page.url();
    await hand.follow(link);
    const title = await heading(page), text = await page.getByRole("main").innerText();
    await hand.back();
    return [expect(title === name, `h1: ${title}, not ${name}`),
      expect(/placo/i.test(text), "the card tells the skill"),
      expect(!/@|\b0\d([ .]?\d\d){4}\b/.test(text), "a contact detail is shown"),
      expect(page.url() === url, `back at ${page.url()}`)];
  });
}

// With scripts the field also offers completions: its role changes.
function asked(page) {
  return page.locator("input[name=q]");
}

function people(page) {
  return page.getByRole("region", { name: "Des personnes qui peuvent vous montrer" })
    .getByRole("heading", { level: 3 }).getByRole("link");
}

async function narrow(page, hand, told) {
  await told("narrows down to one pole", async () => {
    const before = Number((await heading(page)).replace(/\s/g, "").match(/^\d+/)[0]);
    await hand.tick(page.locator("summary", { hasText: "Affiner" }));
    await hand.tick(page.getByRole("group", { name: /^Pôle/ })
      .getByLabel(/Pôle bâtiment/));
    await hand.send(page.getByRole("button", { name: "Appliquer" }));
    const after = Number((await heading(page)).replace(/\s/g, "").match(/^\d+/)[0]);
    const poles = await people(page).evaluateAll(links => links
      .map(link => link.closest("li").innerText));
    return [expect(new URL(page.url()).searchParams.get("pole") === "batiment", page.url()),
      expect(after > 0 && after < before, `${before} before, ${after} after`),
      poles.filter(text => !text.includes("Pôle bâtiment")).map(text => `not of the pole: ${text}`)];
  });
}

async function publish(page, hand, word, told) {
  const sentence = `dresser des ${word}s à chanter`;
  await told("finds nobody, and it is no dead end", async () => {
    await hand.write(asked(page), `${word} ${word}ement`);
    await hand.send(page.getByRole("button", { name: "Chercher" }));
    await hand.follow(page.getByRole("link", { name: "Publier mon besoin" }));
    const text = page.getByRole("textbox", { name: "Qu’avez-vous besoin de savoir faire" });
    return expect((await text.inputValue()).includes(word), "the sentence is not filled in");
  });
  await told("makes two mistakes: told in words, values kept, the focus on them", async () => {
    await hand.write(page.getByRole("textbox", { name: /besoin de savoir faire/ }), "ab");
    await hand.tick(page.getByRole("radio").nth(1));
    await hand.write(page.getByLabel(/adresse/i), "lea@example");
    await hand.send(page.getByRole("button", { name: "Publier mon besoin" }));
    const alert = page.getByRole("alert");
    return [expect((await page.title()).startsWith("Erreur"), await page.title()),
      expect(await alert.getByRole("link").count() === 2, await alert.innerText()),
      expect(await alert.evaluate(box => box.contains(document.activeElement)),
        "the focus is not on the mistakes"),
      expect(await page.getByLabel(/adresse/i).inputValue() === "lea@example", "value lost"),
      expect(await page.getByRole("radio").nth(1).isChecked(), "choice lost"),
      expect(await page.getByLabel(/adresse/i).getAttribute("aria-invalid") === "true", "unmarked")];
  });
  await told("goes from a mistake to its field, corrects both, and publishes", async () => {
    const text = page.getByRole("textbox", { name: /besoin de savoir faire/ });
    await hand.jump(page.getByRole("alert").getByRole("link").first());
    const isThere = await text.evaluate(field => document.activeElement === field);
    await hand.write(text, sentence);
    await hand.write(page.getByLabel(/adresse/i), `${word}@example.org`);
    await hand.send(page.getByRole("button", { name: "Publier mon besoin" }));
    return [expect(isThere, "the link does not lead into the field"),
      expect(/\/besoins\/\d+/.test(page.url()), `at ${page.url()}: ${await page.getByRole("main").innerText()}`)];
  });
  await told("sees the next dated step, and finds her need again", async () => {
    const status = await page.getByRole("status").innerText();
    const title = await heading(page);
    const origin = new URL(page.url()).origin;
    let found = "";
    for (let i = 0; i < 20 && !found.includes(word); i++) {
      const answer = await page.request.get(`${origin}/recherche.json?q=${word}s`);
      found = JSON.stringify((await answer.json()).needs);
      if (!found.includes(word)) await page.waitForTimeout(100);
    }
    return [expect(/publié/.test(status) && /\d{1,2}(er)? \p{L}+ \d{4}/u.test(status), status),
      expect(title.includes(word), `h1: ${title}`),
      expect(found.includes(word), "not found within two seconds")];
  });
}

// One visitor: how she looks (width, scheme), acts (Hand) and whether scripts run.
export async function tell(browser, origin, { name, word, Hand, ...options }) {
  const context = await browser.newContext({ locale: "fr-FR", reducedMotion: "reduce", ...options });
  const troubles = watch(context, origin, [422]);
  context.setDefaultTimeout(10000 * slow);
  const page = await context.newPage();
  const hand = new Hand(page), wide = [];
  page.on("load", () => sideways(page).then(list => wide.push(...list), () => {}));
  // A step that could not be done ends the story.
  const told = async (what, steps) => {
    if (!await step(`${name}: ${what}`, steps)) throw new Error(`${name}: the story ends here`);
  };
  try {
    await find(page, hand, origin, told);
    await narrow(page, hand, told);
    await publish(page, hand, word, told);
  } catch (error) {
    check(error.message, `at ${page.url()}`);
  }
  await told("never scrolled sideways", async () => wide);
  await told("nothing was refused, missing or asked for elsewhere", async () => troubles);
  await context.close();
}
