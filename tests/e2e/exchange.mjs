// The exchange lives: the three flows from start to end, with real mail, by keyboard alone.
import { join } from "node:path";
import { another, digest, feedback, gives_back, needs, registers } from "./creator.mjs";
import { fair, keepers, merges, monday, report, wave } from "./facilitator.mjs";
import { Keyboard } from "./hands.mjs";
import { Mailbox } from "./mailbox.mjs";
import { look, validate } from "./pages.mjs";
import { Person } from "./person.mjs";
import * as site from "./site.mjs";
import { check, skip, step } from "./tap.mjs";
import { imports, invited } from "./structure.mjs";
import { answers, decides, gives, proposes, thanks, too_few } from "./trainer.mjs";
import { Witness, judge } from "./witness.mjs";

// In the order of the story, from day 0 to day 24; what one could not do ends it, and the next ones try.
const CHAPTERS = [keepers, invited, imports, needs, monday, fair, answers, proposes, registers, another, digest,
  gives_back, merges, wave, too_few, decides, gives, feedback, thanks, report];
// Nobody of the demonstration directory knows it.
const SKILL = "poser un toit de chaume";

const NARROW = { viewport: { width: 320, height: 640 } };
const WIDE = { viewport: { width: 1280, height: 900 } };
const SILENT = { javaScriptEnabled: false };
export const worlds = [
  { name: "exchange, 320", options: NARROW },
  { name: "exchange, 1280", options: WIDE },
  { name: "exchange, no script, 320", options: { ...NARROW, ...SILENT } },
  { name: "exchange, no script, 1280", options: { ...WIDE, ...SILENT } }];

// One world: a site of its own, whose time is its own, and the people of the story in it.
export async function live(world) {
  const mailbox = await Mailbox.open(join(site.folder, `mail-${world.key}`));
  // No digest is due on the first days, one on the fifth.
  const home = await site.open(world.key, `digest:\n  weekday: ${(new Date().getDay() + 3) % 7 + 1}\n` +
    "mail:\n  mode: smtp\n" +
    `  server: "smtp://127.0.0.1:${mailbox.port}"\n  from: "etabli@example.org"\n`);
  Object.assign(world, { mailbox, home, origin: home.origin, people: [], Hand: Keyboard,
    skill: SKILL, words: `apprendre à ${SKILL}`, other_words: "un toit de chaume à poser sur un abri",
    session_skill: "réparer une toiture" });
  // A step that could not be done ends its flow, not the others.
  world.told = async (what, steps) => {
    if (!await step(`${world.name}: ${what}`, steps)) throw new Error(what);
  };
  world.arrive = (name, full_name) => Person.arrive(world, name, full_name);
  const wanted = world.only ? CHAPTERS.filter(each => world.only.includes(each.name)) : CHAPTERS;
  for (const flow of wanted) {
    try {
      await flow(world);
    } catch (error) {
      const at = await Promise.all(world.people.map(async each => `${each.name} at ${each.page.url()}: ` +
        (await each.text().catch(() => "")).slice(0, 300)));
      check(`${world.name}: the chapter “${flow.name}” ends before its end`, [error.message, ...at]);
    }
  }
  await world.rate?.();
  await world.witness.settle();
  check(`${world.name}: no page scrolled sideways, was refused, missing or asked for elsewhere`,
    world.people.flatMap(each => each.troubles.map(trouble => `${each.name}: ${trouble}`)));
  mailbox.collect();
  check(`${world.name}: ${mailbox.mails.length} mails have text, HTML, a way out, and French blanks`,
    mailbox.troubles);
  for (const each of world.people) await each.context.close();
  check(`${world.name}: told to stop, the server stops cleanly`, await home.stop() === 0 ? [] : "it did not");
  mailbox.close();
}

// Judged on a site that still answers for styles and pictures.
async function judged(browser, origin, witness, mails, { axe, jar }, pictures) {
  const there = new Map([...witness.pages].map(([key, kept]) =>
    [key, { ...kept, url: origin + new URL(kept.url).pathname + new URL(kept.url).search }]));
  witness.pages = there;
  await judge(browser, witness, { axe, pictures, look: page => look(page, axe),
    validate: pages => validate(new Map([...pages, ...mails]), origin, site.folder, jar) });
}

// What Lighthouse looks at, once somebody lives there.
async function rate_home({ origin, fatou, card_path, session_path }, rate) {
  const cookies = await fatou.context.cookies();
  await rate(origin, [{ title: "home", path: "/" }, { title: "results", path: "/recherche?q=placo" },
    { title: "a card", path: card_path ?? "/personnes/1" }, { title: "a session", path: session_path ?? "/seances/1" },
    { title: "the Monday page", path: "/poles/batiment/bureau",
      cookie: cookies.map(each => `${each.name}=${each.value}`).join("; ") }]);
}

// The worlds `wanted`, side by side; every page met is judged once.
// With `is_judged`, axe, the Nu checker and Lighthouse judge the pages they met.
export async function live_all(browser, origin, wanted, tools, is_judged) {
  if (!await Mailbox.is_possible()) return skip("the exchange lives", "python3-aiosmtpd is not here");
  const witness = new Witness(), mails = new Map(), waiting = [...wanted.entries()];
  const live_some = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, world] = next, began_ms = Date.now();
      Object.assign(world, { browser, witness, key: `world${i}` });
      if (i === 0 && is_judged) world.rate = () => rate_home(world, tools.rate);
      await live(world);
      for (const mail of world.mailbox.mails)
        mails.set(`mail “${mail.subject}”`, { text: mail.html ?? "" });
      console.log(`# ${world.name}: ${Math.round((Date.now() - began_ms) / 1000)} s`);
    }
  };
  // Two at a time: each mostly waits for its server, its mails or its browser.
  await Promise.all([live_some(), live_some()]);
  if (is_judged) await judged(browser, origin, witness, mails, tools, process.env.ETABLI_PICTURES);
}
