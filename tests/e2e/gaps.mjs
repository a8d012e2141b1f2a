// The gaps of a pole: from the Monday page to the matrix, from a red cell to proposals; three are
// accepted, mails leave for those who give them and those who come, and the cells change.
import { join } from "node:path";
import { Mouse } from "./hands.mjs";
import { Mailbox } from "./mailbox.mjs";
import { look, validate } from "./pages.mjs";
import { Person } from "./person.mjs";
import * as site from "./site.mjs";
import { check, expect, skip, slow, step } from "./tap.mjs";
import { Witness, judge } from "./witness.mjs";

const DESK = "/poles/batiment/bureau", WITHIN_MS = 30000 * slow;
// What the demonstration lets the planner propose in that pole: two with someone who knows, one circle.
const WANTED = ["poser un poêle à bois", "déposer une déclaration préalable", "poser du carrelage"];
const TRAINERS = ["maelle.rostaing@example.org", "abdelkader.benhamida@example.com"];

// How each cell of a skill's row is coloured and what it says.
async function cells(keeper, skill) {
  const row = keeper.main.locator("table.heat tbody tr").filter({ hasText: skill });
  return row.locator("td").evaluateAll(all => all.map(each => `${each.className} ${each.textContent}`.trim()));
}

// Waits until so many mails fit, and gives them.
async function mails(world, fits, least) {
  for (const end = Date.now() + WITHIN_MS; ;) {
    world.mailbox.collect();
    const found = world.mailbox.mails.filter(fits);
    if (found.length >= least || Date.now() > end) return found;
    await new Promise(done => setTimeout(done, 50));
  }
}

// The buttons whose explanation does not stand below what they are called.
function cramped(keeper) {
  return keeper.main.locator("button:has(small):visible").evaluateAll(all => all.filter(button => {
    const name = document.createRange();
    name.selectNode(button.firstChild);
    return button.querySelector("small").getBoundingClientRect().top < name.getBoundingClientRect().bottom - 4;
  }).map(button => `“${button.textContent}” is told beside its name`));
}

async function to_proposals(world) {
  const { keeper } = world;
  await keeper.sign_in(DESK);
  await keeper.visit(DESK);
  const beside = await cramped(keeper);
  await keeper.follow("Manques", keeper.main);
  world.before = {};
  for (const skill of WANTED) world.before[skill] = await cells(keeper, skill);
  const red = world.before[WANTED[0]];
  await keeper.hand.follow(keeper.main.locator("table.heat tbody tr").filter({ hasText: WANTED[0] })
    .locator("td.open a").first());
  const url = keeper.page.url();
  await keeper.press("Planifier");
  await keeper.main.getByRole("button", { name: "Accepter" }).first().waitFor({ timeout: WITHIN_MS });
  return [...beside, expect(red.some(each => each.startsWith("open")), `no red cell: ${red}`),
    expect(/\/planifier/.test(url), url)];
}

// One of the proposals of the plan becomes a session: the first as it is, the others adjusted.
async function accept(world, skill) {
  const { keeper } = world;
  await keeper.visit(`${DESK}/planifier`);
  const card = keeper.main.getByRole("listitem").filter({ hasText: skill })
    .filter({ has: keeper.page.getByRole("link", { name: "Ajuster et proposer" }) });
  if (skill === WANTED[0]) {
    await keeper.hand.send(card.getByRole("button", { name: "Accepter" }));
    return expect(/proposee=1/.test(keeper.page.url()), `${keeper.page.url()}: ${await keeper.text()}`);
  }
  await keeper.follow("Ajuster et proposer", card);
  const place = keeper.main.getByLabel("Lieu").first();
  if (await place.isVisible() && !await place.inputValue()) await keeper.write("Lieu", "Atelier du canal");
  await keeper.press("Proposer cette séance");
  return expect(/\/seances\/\d+/.test(keeper.page.url()), `${keeper.page.url()}: ${await keeper.text()}`);
}

// Whoever is to give one agrees by the link of her mail; then those who asked are told.
async function agree(world, address) {
  const { visitor } = world, [mail] = await mails(world, each => each.to.includes(address), 1);
  if (!mail) return `no mail to ${address}`;
  await visitor.open(mail, /oui ou non/);
  await visitor.press(/oui|accept|d’accord/i);
  return expect(!/incorrect/.test(await visitor.text()), await visitor.text());
}

async function lives(world) {
  await step("gaps: from the Monday page to the matrix, and from a red cell to proposals", () => to_proposals(world));
  for (const skill of WANTED) await step(`gaps: she accepts what is proposed for “${skill}”`, () => accept(world, skill));
  for (const address of TRAINERS)
    await step(`gaps: ${address} is asked by mail, and agrees`, () => agree(world, address));
  await step("gaps: those who asked get a mail each", async () => {
    const told = await mails(world, each => WANTED.some(skill => (each.subject + each.text).includes(skill)) &&
      !TRAINERS.includes(each.to[0]), 12);
    return expect(new Set(told.flatMap(each => each.to)).size >= 12,
      `${told.length} mails: ${told.map(each => `${each.to} “${each.subject}”`)}`);
  });
  await step("gaps: the cells of all three say that a session is coming, none is red", async () => {
    await world.keeper.visit(`${DESK}/manques`);
    const troubles = [];
    for (const skill of WANTED) {
      const now = await cells(world.keeper, skill);
      troubles.push(expect(String(now) !== String(world.before[skill]), `${skill}: as before: ${now}`),
        expect(now.some(each => each.includes("✓")) && !now.some(each => each.startsWith("open")), `${skill}: ${now}`));
    }
    return troubles;
  });
  await step("gaps: the poster opens and takes one sheet, the gaps of all poles open", async () => {
    await world.keeper.follow("Affiche", world.keeper.main);
    const poster = await world.keeper.text();
    const sheets = (await world.keeper.page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
    await world.keeper.visit("/manques");
    return [expect(/Vous savez faire/.test(poster), poster),
      expect(sheets.length === 1, `the poster takes ${sheets.length} sheets`),
      expect(await world.keeper.heading() === "Manques de tous les pôles", await world.keeper.heading())];
  });
}

// With `is_judged`, axe and the Nu checker look at the pages met; ETABLI_PICTURES keeps pictures.
export async function see_gaps(browser, { axe, jar }, is_judged) {
  if (!await Mailbox.is_possible()) return skip("the gaps of a pole", "python3-aiosmtpd is not here");
  const mailbox = await Mailbox.open(join(site.folder, "mail-gaps"));
  const home = await site.open("gaps", "mail:\n  mode: smtp\n" +
    `  server: "smtp://127.0.0.1:${mailbox.port}"\n  from: "etabli@example.org"\n`);
  const world = { browser, mailbox, home, origin: home.origin, people: [], Hand: Mouse, witness: new Witness(),
    options: { viewport: { width: 1280, height: 900 } } };
  world.keeper = await Person.arrive(world, "keeper", "Nadège Tirard-Collet");
  world.keeper.address = "nadege.tirardcollet@example.com";
  world.visitor = await Person.arrive(world, "visitor", "Quelqu’un");
  await lives(world);
  await world.witness.settle();
  check("gaps: no page scrolled sideways, was refused, missing or asked for elsewhere",
    world.people.flatMap(each => each.troubles.map(trouble => `${each.name}: ${trouble}`)));
  for (const each of world.people) await each.context.close();
  if (is_judged)
    await judge(browser, world.witness, { axe, look: page => look(page, axe), pictures: process.env.ETABLI_PICTURES,
      validate: pages => validate(pages, home.origin, site.folder, jar) });
  check("gaps: told to stop, the server stops cleanly", await home.stop() === 0 ? [] : "it did not");
  mailbox.close();
}
