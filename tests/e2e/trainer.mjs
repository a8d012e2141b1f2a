// The trainer's chapters: invited by his structure, his card, his answer, his session.
import { expect } from "./tap.mjs";
import { STRUCTURE } from "./facilitator.mjs";

// The form of a card: a skill, search engines welcome, seen as others will see it, published.
async function complete(world) {
  const { hugo } = world;
  await hugo.write("Savoir-faire 1", world.skill);
  await hugo.tick(/Les moteurs de recherche/);
  await hugo.press("Voir ce que les autres verront");
  const seen = await hugo.text();
  await hugo.press("Publier ma fiche");
  const text = await hugo.text();
  await hugo.sign_in();
  await hugo.follow("La voir comme les autres", hugo.main);
  world.card_path = new URL(hugo.page.url()).pathname;
  return [expect(seen.includes(world.skill), seen), expect(/publiée|Publiée/.test(text), text),
    expect((await hugo.text()).includes(world.skill), await hugo.text())];
}

// His structure fills in a card and invites him; he corrects it and publishes it.
export async function invited(world) {
  const hugo = world.hugo = await world.arrive("hugo", "Hugo Lambert");
  const { mona } = world;
  await world.told("the manager adds a person of her structure, as a draft", async () => {
    await mona.sign_in();
    await mona.follow(new RegExp(STRUCTURE), mona.main);
    await mona.write("Prénom et nom", hugo.full_name);
    await mona.write(/^Adresse électronique \(pour/, hugo.address);
    await mona.press("Ajouter cette personne");
    await mona.write(/^En une ligne/, "Chaumier");
    await mona.press("Enregistrer sans publier");
    return [expect(/enregistré/i.test(await mona.text()), await mona.text())];
  });
  await world.told("she invites him", async () => {
    await mona.press(/l’invitation/);
    return [expect(/Invit/.test(await mona.text()), await mona.text())];
  });
  await world.told("he sees his card by the link of the mail, before anyone else", async () => {
    const mail = await hugo.mail(/fiche/i);
    await hugo.open(mail, /Voir ma fiche/);
    return [expect(/Personne ne la voit|Personne ne/.test(await hugo.text()), await hugo.text())];
  });
  await world.told("he corrects it, sees it as others will, and publishes it", async () => {
    await hugo.follow("Corriger", hugo.main);
    return complete(world);
  });
}

// Asked in a wave, he says yes; they write to each other through the site.
export async function answers(world) {
  const { hugo, lina, home } = world;
  await world.told("on day 3 the wave reaches him; he says yes from the mail", async () => {
    home.advance({ days: 3, hours: 1 });
    await hugo.open(await hugo.mail(/montrer comment/), /Répondre/);
    const asked = await hugo.text();
    await hugo.write(/^Un mot avec/, "Avec plaisir, un samedi.");
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

// A session from the need: title, two dates, a place, seats; the rest is filled in.
export async function proposes(world) {
  const { hugo, home } = world;
  const day = days => new Date(home.now().getTime() + days * 86400000);
  const write_date = async (n, days) => {
    const when = day(days), group = hugo.main.getByRole("group", { name: `Date ${n}` });
    await hugo.write("Jour", String(when.getDate()), group);
    await hugo.write("Mois", when.toLocaleDateString("fr-FR", { month: "long" }), group);
    await hugo.write("Année", String(when.getFullYear()), group);
    await hugo.write("de", "14h30", group);
    await hugo.write("à", "1630", group);
  };
  await world.told("he proposes a session from the need, with two dates", async () => {
    await hugo.sign_in(world.need_path);
    await hugo.follow("Proposer une séance", hugo.main);
    await hugo.write("Titre", "Poser un toit de chaume, pour commencer");
    await write_date(1, 20);
    await write_date(2, 27);
    await hugo.tick("Ailleurs");
    await hugo.write("Lieu", "Atelier de Hugo");
    await hugo.write("Commune", "Mens");
    await hugo.write("Places", "2");
    await hugo.write("A lieu à partir de", "2");
    await hugo.press("Proposer cette séance");
    world.session_path = new URL(hugo.page.url()).pathname;
    return [expect(/\/seances\/\d+/.test(world.session_path), await hugo.text())];
  });
}

// Whoever has no structure fills in a card of his own.
export async function self_made(world) {
  if (world.card_path) return;
  const hugo = world.hugo = await world.arrive("hugo", "Hugo Lambert");
  await world.told("he fills in a card of his own", async () => {
    await hugo.sign_in();
    await hugo.follow("Remplir ma fiche", hugo.main);
    await hugo.write("Prénom et nom", hugo.full_name);
    return complete(world);
  });
}

// The tool holds the date: confirmed, everyone is told; who came is ticked in one screen.
export async function gives(world) {
  const { hugo, lina, omar, home } = world;
  await world.told("he confirms the date that suits most; those seated get it for their calendar", async () => {
    await hugo.visit(world.session_path);
    await hugo.follow("Conduire cette séance", hugo.main);
    await hugo.hand.tick(hugo.main.getByRole("radio").first());
    await hugo.press("Confirmer cette date et prévenir tout le monde");
    const mail = await lina.mail(/^Elle a lieu/);
    return [expect(mail.calendars.length === 1, "no calendar file"),
      expect(/prévenues|prévenu/.test(await hugo.text()), await hugo.text())];
  });
  await world.told("he writes to those who come, and nobody sees an address", async () => {
    await hugo.write("Votre message", "Apportez des gants.");
    await hugo.press("Envoyer");
    const mail = await lina.mail(/gants/);
    return [expect(!mail.text.includes(hugo.address) && !mail.text.includes(omar.address), mail.text)];
  });
  await world.told("those seated are reminded; afterwards he ticks who came", async () => {
    home.advance({ days: 19 });
    await lina.mail(/^Bientôt/);
    home.advance({ days: 2 });
    await hugo.sign_in(world.session_path + "/conduite");
    await hugo.follow("Feuille d’émargement", hugo.main);
    await hugo.press(/présences/);
    return [expect(/noté/.test(await hugo.text()), await hugo.text())];
  });
}
