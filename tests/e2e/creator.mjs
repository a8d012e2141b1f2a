// The creator's chapters: a need, shared by another; a seat; and could she now show it?
import { expect } from "./tap.mjs";

// By the link of the mail she confirms that a need is hers.
async function confirm(person) {
  await person.open(await person.mail(/suivez-le/), /./);
  await person.write(/^Vos prénom et nom/, person.full_name);
  await person.press("Oui, c’est mon adresse");
}

export async function needs(world) {
  const lina = world.lina = await world.arrive("lina", "Lina Costa");
  const zoe = world.zoe = await world.arrive("zoe", "Zoé Blanc");
  await world.told("she finds nobody she can ask, and publishes her need with her address", async () => {
    await lina.visit("/");
    await lina.hand.write(lina.page.locator("input[name=q]"), world.words);
    await lina.press("Chercher");
    await lina.follow("Publier mon besoin");
    await lina.hand.tick(lina.main.getByRole("radio").nth(1));
    await lina.write(/^Et vous, que pourriez-vous/, "faire des photos de produits");
    await lina.write(/^Votre adresse/, lina.address);
    await lina.press("Publier mon besoin");
    world.need_path = new URL(lina.page.url()).pathname;
    return [expect(/\/besoins\/\d+/.test(world.need_path), await lina.text())];
  });
  await world.told("by the link of the mail she confirms it is hers, and sees the next dated step", async () => {
    await confirm(lina);
    const text = await lina.text();
    return [expect(/Prochaine étape/.test(text) && /\d{4}/.test(text), text)];
  });
  await world.told("another one says “moi aussi”, in her own words, by a link of a mail", async () => {
    await zoe.visit(world.need_path);
    await zoe.write(/^Avec vos mots/, "moi c’est pour une grange");
    await zoe.write(/^Vos prénom et nom/, zoe.full_name);
    await zoe.write(/^Votre adresse/, zoe.address);
    await zoe.press("Moi aussi");
    const waits = await zoe.text();
    await zoe.open(await zoe.mail(), /confirme/);
    await zoe.press("Oui, je confirme");
    await zoe.visit(world.need_path);
    const text = await zoe.text();
    return [expect(/boîte|courriel/.test(waits), waits), expect(/2 personnes/.test(text), text),
      expect(/pour une grange/.test(text), text)];
  });
}

async function register(person, world, dates) {
  await person.visit(world.session_path);
  if (dates) await person.tick(dates);
  const needs_name = await person.main.getByLabel(/prénom et nom/i).count();
  if (needs_name) await person.write(/prénom et nom/i, person.full_name);
  if (await person.main.getByLabel(/^Votre adresse/).count()) {
    await person.write(/^Votre adresse/, person.address);
    await person.press(/S’inscrire|liste d’attente/);
    await person.open(await person.mail(/confirm|clic/i), /confirme/);
    await person.press("Oui, je confirme");
  } else await person.press(/S’inscrire|liste d’attente/);
}

// Those who asked come first; the third one waits, and gets the seat that is given back.
export async function registers(world) {
  const { lina, zoe } = world;
  const omar = world.omar = await world.arrive("omar", "Omar Diallo");
  await world.told("those who asked are told of the session and register while dates are open", async () => {
    await lina.mail(/séance/i);
    await register(lina, world);
    await lina.mail(/^Votre place/);
  });
  await world.told("the second one too", async () => {
    await register(zoe, world);
    return [expect(/place/.test(await zoe.text()), await zoe.text())];
  });
  await world.told("the third one is on the waitlist, and is told which number he is", async () => {
    await register(omar, world);
    const mail = await omar.mail(/liste d’attente/i);
    await omar.open(mail, /place/);
    return [expect(/1/.test(mail.text), mail.text), expect(/attente/.test(await omar.text()), await omar.text())];
  });
}

// Somebody else needs the like, in other words; he comes by the list of needs.
export async function another(world) {
  const yann = world.yann = await world.arrive("yann", "Yann Le Gall");
  await world.told("another creator states a need of the same kind, and confirms it", async () => {
    await yann.visit("/besoins");
    await yann.follow(/Publier (un|mon) besoin/);
    await yann.write(/besoin de savoir faire/, world.other_words);
    await yann.write(/^Votre adresse/, yann.address);
    await yann.press("Publier mon besoin");
    world.other_path = new URL(yann.page.url()).pathname;
    await confirm(yann);
    return [expect(/Prochaine étape/.test(await yann.text()), await yann.text())];
  });
}

// One mail a week: the trainer reads who needs what he knows, and answers from it.
export async function digest(world) {
  const { hugo, home } = world;
  await world.told("on the day of the digest the trainer gets the needs he could answer, and says not now", async () => {
    home.advance_to({ day: 5, hours: 4 });
    const mail = await hugo.mail(/^Votre semaine/);
    await hugo.open(mail, /Pas maintenant/);
    await hugo.press("Pas maintenant");
    const text = await hugo.text();
    return [expect(mail.text.includes(world.other_words), mail.text),
      expect(/Merci, votre réponse est notée/.test(text), text)];
  });
}

// Once the two days of priority are over, a seat given back is held for the first who waits.
export async function gives_back(world) {
  const { zoe, omar, home } = world;
  await world.told("she gives her seat back; it is held for him, he takes it", async () => {
    home.advance_to({ day: 5, hours: 4 });
    await zoe.open(await zoe.mail(/^Votre place/), /place/);
    await zoe.press("Rendre ma place");
    await omar.open(await omar.mail(/place se libère/), /Prendre cette place/);
    await omar.press("Prendre cette place");
    return [expect(/Vous avez une place/.test(await omar.text()), await omar.text())];
  });
}

// Two questions; the second one may add a skill to her card.
export async function feedback(world) {
  const { lina } = world;
  await world.told("two questions: useful; and she could show it now", async () => {
    await lina.open(await lina.mail(/^Deux questions/), /Répondre/);
    await lina.tick("Beaucoup");
    await lina.tick("Oui", lina.main.getByRole("group", { name: /Sauriez-vous/ }));
    await lina.write(/^Un mot pour la personne/, "Très clair, merci.");
    await lina.press("Envoyer");
    return [expect(/noté|Merci/.test(await lina.text()), await lina.text())];
  });
  await world.told("she puts the skill on her card, where it is found again", async () => {
    const asked = await lina.text();
    await lina.press("Oui, l’ajouter à ma fiche");
    const text = await lina.text();
    await lina.sign_in("/moi/fiche");
    return [expect(asked.includes(world.session_skill), asked), expect(/est sur votre fiche/.test(text), text),
      expect(await lina.main.getByLabel("Savoir-faire 1", { exact: true }).inputValue() === world.session_skill,
        "the skill is not on her card")];
  });
}
