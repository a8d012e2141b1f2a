// The trainer's chapters: his answer, his sessions, and what becomes of them by themselves.
import { expect } from "./tap.mjs";

// Asked in a wave, he says yes; they write to each other through the site.
export async function answers(world) {
  const { hugo, lina, home } = world;
  await world.told("on day 3 the wave reaches him; he says yes from the mail", async () => {
    home.advance_to({ day: 3, hours: 1 });
    await hugo.open(await hugo.mail(/montrer comment/), /Répondre/);
    const asked = await hugo.text();
    await hugo.write(/^Un mot pour accompagner/, "Avec plaisir, un samedi.");
    await hugo.press("Oui, volontiers");
    return [expect(asked.includes(world.words), asked), expect(/fait|Merci/.test(await hugo.text()), await hugo.text())];
  });
  await world.told("the creator is told, and writes to him; her address stays hidden", async () => {
    await lina.open(await lina.mail(/dit oui/), /S’écrire/);
    await lina.write("Votre message", "Merci. Je peux le samedi 12.");
    await lina.press("Envoyer");
    const mail = await hugo.mail(/samedi 12/);
    return [expect(!mail.text.includes(lina.address), mail.text)];
  });
}

// One of two or three dates, so many days from now.
async function write_date(world, n, days) {
  const { hugo, home } = world, when = new Date(home.now().getTime() + days * 86400000);
  const group = hugo.main.getByRole("group", { name: `Date ${n}` });
  await hugo.write("Jour", String(when.getDate()), group);
  await hugo.write("Mois", when.toLocaleDateString("fr-FR", { month: "long" }), group);
  await hugo.write("Année", String(when.getFullYear()), group);
  await hugo.write("de", "14h30", group);
  await hugo.write("à", "1630", group);
}

// A session from the need: title, two dates, a place, seats; the rest is filled in.
async function propose(world, need_path, { title, dates, seats, threshold, skill }) {
  const { hugo } = world;
  await hugo.sign_in(need_path);
  await hugo.visit(need_path);
  await hugo.follow("Proposer une séance", hugo.main);
  await hugo.write("Titre", title);
  for (const [i, days] of dates.entries()) await write_date(world, i + 1, days);
  await hugo.tick("Sur place");
  await hugo.write("Lieu", "Atelier de Hugo");
  await hugo.write("Commune", "Mens");
  await hugo.write("Places", seats);
  await hugo.write("Minimum d’inscriptions", threshold);
  if (skill) {
    await hugo.unfold(/^D’autres précisions/);
    await hugo.write(/^Compétence/, skill);
  }
  await hugo.press("Proposer cette séance");
  return new URL(hugo.page.url()).pathname;
}

// What programs read of a session: dates and the day of the decision, in seconds.
async function read(world, path) {
  const answer = await world.hugo.page.request.get(`${world.origin}${path}.json`);
  return (await answer.json()).session;
}

export async function proposes(world) {
  const { hugo } = world;
  await world.told("he proposes a session from the need, with two dates", async () => {
    world.session_path = await propose(world, world.need_path, { title: "Poser un toit de chaume, pour commencer",
      dates: [20, 27], seats: "2", threshold: "2", skill: world.session_skill });
    return [expect(/\/seances\/\d+/.test(world.session_path), await hugo.text())];
  });
}

// Under its threshold: put off once, then cancelled, and the need is open again.
export async function too_few(world) {
  const { hugo, yann, home } = world;
  let path;
  await world.told("he proposes a session that needs three, and one registers", async () => {
    path = await propose(world, world.other_path, { title: "Lier le chaume", dates: [5, 9], seats: "5", threshold: "3" });
    await yann.open(await yann.mail(/séance/i), /./);
    await yann.sign_in(path);
    await yann.visit(path);
    await yann.press(/S’inscrire/);
    return [expect(/\/seances\/\d+/.test(path), await hugo.text()),
      expect(/Vous avez une place/.test(await yann.text()), await yann.text())];
  });
  await world.told("at the date of the decision it is put off once, honestly", async () => {
    home.advance_to({ at: (await read(world, path)).decide_at + 60 });
    const mail = await yann.mail(/^Décision repoussée/);
    await hugo.mail(/^Décision repoussée/);
    return [expect(/1 sur les 3/.test(mail.text), mail.text)];
  });
  await world.told("the second time it is cancelled with the reason, and the need is looked after again", async () => {
    home.advance_to({ at: (await read(world, path)).decide_at + 60 });
    const mail = await yann.mail(/^Annulée/);
    await yann.visit(path);
    const text = await yann.text();
    await yann.visit(world.other_path + "/suivi");
    const state = await yann.text();
    return [expect(/il en faut 3/.test(mail.text), mail.text), expect(/annulée/i.test(text), text),
      expect(!/Une réponse est là/.test(state) && /cherchons/.test(state), state)];
  });
}

// The tool holds the date: enough people, so it is confirmed by itself, at the date that suits most.
export async function decides(world) {
  const { hugo, lina, omar, home } = world;
  await world.told("he writes to those who come, and nobody sees an address", async () => {
    await hugo.visit(world.session_path);
    await hugo.follow("Gérer cette séance", hugo.main);
    await hugo.write("Votre message", "Apportez des gants.");
    await hugo.press("Envoyer");
    const mail = await lina.mail(/gants/);
    return [expect(!mail.text.includes(hugo.address) && !mail.text.includes(omar.address), mail.text)];
  });
  await world.told("enough people: it is confirmed by itself, and everyone gets the date for the calendar", async () => {
    home.advance_to({ at: (await read(world, world.session_path)).decide_at + 60 });
    const mails = [await lina.mail(/^Elle a lieu/), await omar.mail(/^Elle a lieu/)];
    await hugo.visit(world.session_path);
    const text = await hugo.text();
    return [expect(mails.every(each => each.calendars.length === 1), "no calendar file"),
      expect(/confirmée/i.test(text), text)];
  });
}

// Reminded before; who came is ticked in one screen.
export async function gives(world) {
  const { hugo, lina, home } = world;
  await world.told("those seated are reminded thirty hours before", async () => {
    const [date] = (await read(world, world.session_path)).dates;
    home.advance_to({ at: date.starts_at - 29 * 3600 });
    await lina.mail(/^Bientôt/);
    await hugo.mail(/^Bientôt/);
    home.advance_to({ at: date.starts_at + 1800 });
    return [];
  });
  await world.told("once it has begun he ticks who came, on one page", async () => {
    await hugo.sign_in(world.session_path + "/conduite");
    await hugo.follow("Noter les présences", hugo.main);
    const names = await hugo.text();
    const dates = await hugo.main.locator("dl").getByText(/jusqu’à/).count();
    await hugo.tick("Omar Diallo");
    await hugo.press("Noter les présences");
    home.advance({ hours: 6 });
    return [expect(dates === 1, `${dates} dates on the sheet`), expect(/Lina Costa/.test(names) && !/Zoé/.test(names), names),
      expect(/noté/.test(await hugo.text()), await hugo.text())];
  });
}

// Thanked, he reads what was said, without a name.
export async function thanks(world) {
  const { hugo } = world;
  await world.told("the trainer is thanked, and reads what was said of it, without a name", async () => {
    await hugo.open(await hugo.mail(/^Merci\s: /), /présences/);
    const text = await hugo.text();
    const said = text.slice(text.indexOf("Ce qui en a été dit"));
    return [expect(/Très clair/.test(said), text), expect(!/Lina/.test(said), said),
      expect(/absen/.test(text), text)];
  });
}
