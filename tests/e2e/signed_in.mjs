// Every page that someone signed in, or holding the link of a mail, meets: from the list of routes,
// so that a new one is looked at by itself. One person facilitates, manages and administers.
import { join } from "node:path";
import { Mouse } from "./hands.mjs";
import { Mailbox, links } from "./mailbox.mjs";
import { look, validate } from "./pages.mjs";
import { Person } from "./person.mjs";
import * as site from "./site.mjs";
import { check, expect, skip, slow, step } from "./tap.mjs";
import { Witness, judge } from "./witness.mjs";

const WITHIN_MS = 30000 * slow, DAY_MS = 86400000;
const POLE = "batiment", STRUCTURE = "batir-ensemble-y", SESSION = 1, NEED = 2, PERSON = 2, GROUP = "/groupes/1";
const TRAINER = "sylvain.pra@example.org";

// What stands for {…} where she looks at what is hers.
const FILLED = [[/^\/poles\/\{key\}/, `/poles/${POLE}`], [/^\/structures\/\{key\}/, `/structures/${STRUCTURE}`],
  [/^\/seances\/\{id\}/, `/seances/${SESSION}`], [/^\/besoins\/\{id\}/, `/besoins/${NEED}`],
  [/^\/personnes\/\{id\}/, `/personnes/${PERSON}`], [/^\/competences\/\{id\}/, "/competences/2"], [/^\/groupes\/\{id\}/, GROUP], [/^\/financements\/\{id\}/, "/financements/1"],
  [/^\/aide\/\{name\}/, "/aide/vie-privee"]];

// GET routes as { name, path, verb }.
function routes(home) {
  return home.run("routes").trim().split("\n").map(line => line.split("\t"))
    .filter(([, method]) => method === "GET").map(([name, , path, verb]) => ({ name, path, verb }));
}

// Posts a form as a page of hers would, with her token if she is signed in.
async function post(person, path, form) {
  const { origin } = person.world, ask = person.context.request;
  const token = (await (await ask.get(`${origin}/moi`)).text()).match(/name="jeton" value="([^"]+)"/)?.[1];
  const answer = await ask.post(origin + path, { form: token ? { jeton: token, ...form } : form });
  if (answer.status() >= 400) throw new Error(`${answer.status()} ${path}: ${(await answer.text()).slice(0, 400)}`);
  return answer;
}

// The first address of any mail that fits a route such as /place/{token}, once there is one.
async function linked(world, path) {
  const fits = new RegExp(`^${path.replace("{token}", "[^/?]+")}$`), end = Date.now() + WITHIN_MS;
  for (;;) {
    world.mailbox.collect();
    for (const mail of world.mailbox.mails)
      for (const { url } of links(mail))
        if (fits.test(new URL(url).pathname)) return new URL(url).pathname + new URL(url).search;
    if (Date.now() > end) return null;
    await new Promise(done => setTimeout(done, 50));
  }
}

async function arrive(world, name, full_name, address) {
  const person = await Person.arrive(world, name, full_name);
  return Object.assign(person, address ? { address } : {});
}

function date(home, days, n) {
  const when = new Date(home.now().getTime() + days * DAY_MS);
  return { [`jour${n}`]: when.getDate(), [`mois${n}`]: when.getMonth() + 1, [`annee${n}`]: when.getFullYear(),
    [`de${n}`]: "18h", [`a${n}`]: "20h30" };
}

// What has to happen for every page to have something to show.
async function lives(world) {
  const { home, keeper, asker, visitor } = world;
  await keeper.sign_in();
  await asker.sign_in();
  const request = visitor.context.request;
  const { session } = await (await request.get(`${world.origin}/seances/${SESSION}.json`)).json();
  const [offered] = session.dates, dates = { dates: String(offered.starts_at) };
  world.session_end_at = offered.ends_at;
  await request.post(`${world.origin}/besoins`, 
    { form: { texte: "poser un poêle de masse", email: "ana@example.org" } });
  await request.post(`${world.origin}/seances/${SESSION}/inscription`, { 
    form: { ...dates, nom: "Omar Diallo", email: "omar@example.org" } });
  await post(asker, "/besoins", { texte: "isoler un toit de chaume", email: asker.address });
  await post(asker, "/personnes/1/contact", { nom: asker.full_name,
    mots: "J’aimerais apprendre à poser du placo.\nUne heure suffirait." });
  await post(asker, `/seances/${SESSION}/inscription`, { ...dates, nom: asker.full_name });
  await post(keeper, `/structures/${STRUCTURE}/salles`, { nom: "Salle du canal", places: 12, commune: "Fontaine",
    acces: "plain-pied, bus 5", materiel: "établis, aspirateur" }).catch(() => {});
  await post(keeper, `/structures/${STRUCTURE}/bureau/personnes`, { nom: "Hugo Lambert", email: "hugo@example.org" });
  await keeper.visit(`/structures/${STRUCTURE}/bureau?q=Hugo`);
  await keeper.press(/^Inviter Hugo/);
  await post(keeper, `/seances/${SESSION}/conduite`, { geste: "confirmer", date: String(offered.starts_at) });
  const due = new Date(home.now().getTime() + 30 * DAY_MS);
  await post(keeper, `/poles/${POLE}/bureau/financements`, { titre: "Diagnostic amiante", cout: 900, personnes: 3,
    jour0: due.getDate(), mois0: due.getMonth() + 1, annee0: due.getFullYear() });
  await post(keeper, `/poles/${POLE}/bureau/bourse`, { geste: "enregistrer",
    lignes: "Ida Perrot ; apprendre à piloter un drone ; ; ;\nNoé Perrot ; pilotage de drone ; ; ;" });
  await post(keeper, `/poles/${POLE}/bureau/carnet`, { texte: "Samia sera rappelée lundi par Fatou." });
  await post(keeper, "/seances", { titre: "Un mur en pierre sèche", ou: "ailleurs", lieu: "Atelier du canal",
    commune: "Fontaine", places: 4, seuil: 2, avec: TRAINER, ...date(home, 30, 1), ...date(home, 37, 2) });
}

// Alike needs in free words come together a moment after they were stated.
async function grouped(world) {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end;) {
    if ((await world.keeper.context.request.get(`${world.origin}${GROUP}`)).status() === 200) return;
    await new Promise(done => setTimeout(done, 100));
  }
}

async function visit(person, path, troubles) {
  const answer = await person.context.request.get(person.world.origin + path);
  if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) return;
  troubles.push(expect(answer.status() === 200, `${answer.status()} ${path} for ${person.name}`));
  await person.visit(path);
}

// As the keeper sees them; what only its owner sees, as the one who asked.
async function open_hers(world, all) {
  const troubles = [];
  for (const { path, verb } of all.filter(each => !each.path.includes("{token}"))) {
    const owned = ["FOLLOW_NEED", "ANSWER_INTRODUCTION"].includes(verb);
    if (verb === "SIGN_IN" || owned || verb === "READ" && !path.includes("{")) continue;
    await visit(world.keeper, FILLED.reduce((now, [from, to]) => now.replace(from, to), path), troubles);
  }
  await world.asker.visit("/moi");
  const hrefs = await world.asker.main.getByRole("link")
    .evaluateAll(list => list.map(each => each.getAttribute("href")));
  for (const sort of [/^\/besoins\/\d+\/suivi/, /^\/moi\/contacts\/\d+/]) {
    const found = hrefs.find(href => sort.test(href));
    if (found) await visit(world.asker, found, troubles);
    else troubles.push(`her page leads to no ${sort}: ${hrefs}`);
  }
  return troubles;
}

// By someone who is not signed in and has nothing but the link.
async function open_links(world, paths) {
  const troubles = [];
  for (const path of paths) {
    const found = await linked(world, path.replace("/corriger", ""));
    if (found) await visit(world.visitor, found + (path.endsWith("/corriger") ? "/corriger" : ""), troubles);
    else troubles.push(`no mail leads to ${path}`);
  }
  return troubles;
}

const LATER = ["/avis/{token}", "/resume/{token}"], USED = /^\/(connexion|premiere-administration)/;

export async function see_signed_in(browser, { axe, jar }) {
  if (!await Mailbox.is_possible()) return skip("pages for someone signed in", "python3-aiosmtpd is not here");
  const mailbox = await Mailbox.open(join(site.folder, "mail-signed-in"));
  // No digest is due on the first days, one on the fifth.
  const home = await site.open("signed-in", `digest:\n  weekday: ${(new Date().getDay() + 3) % 7 + 1}\n` +
    "mail:\n  mode: smtp\n" +
    `  server: "smtp://127.0.0.1:${mailbox.port}"\n  from: "etabli@example.org"\n`);
  const world = { browser, mailbox, home, origin: home.origin, people: [], Hand: Mouse, witness: new Witness(),
    options: { viewport: { width: 320, height: 640 } } };
  world.keeper = await arrive(world, "keeper", "Nadège Tirard-Collet", "nadege.tirardcollet@example.com");
  world.asker = await arrive(world, "asker", "Lina Costa");
  world.visitor = await arrive(world, "visitor", "Omar Diallo");
  home.run("admin", "grant", world.keeper.address, "admin");
  home.run("admin", "grant", world.keeper.address, "manager", "--structure", STRUCTURE);
  const all = routes(home), by_link = all.map(each => each.path).filter(path => path.includes("{token}"));
  if (await step("signed in: things happen", () => lives(world).then(() => grouped(world)))) {
    await step("signed in: every page of someone who keeps, manages and administers opens", () => open_hers(world, all));
    await step("by link: every page that a mail leads to opens", async () => {
      const troubles = await open_links(world, by_link.filter(path => !LATER.includes(path) && !USED.test(path)));
      await visit(world.visitor, new URL(home.run("admin", "link").trim()).pathname, troubles);
      return troubles;
    });
    home.advance_to({ day: 5 });
    await step("by link: the digest and the two questions after a session lead on too", async () => {
      const troubles = await open_links(world, ["/resume/{token}"]);
      home.advance_to({ at: world.session_end_at + 6 * 3600 });
      return [...troubles, ...await open_links(world, ["/avis/{token}"])];
    });
  }
  await world.witness.settle();
  check("signed in: no page scrolled sideways, was refused, missing or asked for elsewhere",
    world.people.flatMap(each => each.troubles.map(trouble => `${each.name}: ${trouble}`)));
  for (const each of world.people) await each.context.close();
  await judge(browser, world.witness, { axe, look: page => look(page, axe), pictures: process.env.ETABLI_PICTURES,
    validate: pages => validate(pages, home.origin, site.folder, jar) });
  check("signed in: told to stop, the server stops cleanly", await home.stop() === 0 ? [] : "it did not");
  mailbox.close();
}
