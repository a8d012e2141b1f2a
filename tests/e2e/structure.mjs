// The structure's chapters: a card filled in and its trainer invited; a spreadsheet with a mistake in it.
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

const SHEET = ["nom;prénom;email;commune;compétences", "Morel;Inès;ines@example.org;Mens;poser du placo (3)",
  "Barbier;Tom;tom@example.org;La Mure;réparer une toiture (4)"].join("\n");

// A spreadsheet: first what would change, mistakes by their line, nothing saved until it is clean; then whom
// to invite.
export async function imports(world) {
  const { mona } = world, ines = await world.arrive("ines", "Inès Morel");
  const desk = async () => {
    await mona.visit("/moi");
    await mona.follow(new RegExp(STRUCTURE), mona.main);
  };
  await world.told("the manager pastes a spreadsheet; a mistake is told by its line and nothing is saved", async () => {
    await desk();
    await mona.follow("Ajouter depuis un tableur", mona.main);
    await mona.write("Cellules du tableur", SHEET.replace("tom@example.org", "tom chez example"));
    await mona.press("Voir ce qui changerait");
    const text = await mona.text();
    const kept = await mona.main.getByLabel("Cellules du tableur").inputValue();
    return [expect(/1 erreur : rien n’a été enregistré/.test(text) && /Ligne 3/.test(text), text),
      expect(kept.includes("tom chez example"), "the sheet is not kept"),
      expect(!/[a-z]+ is not |is no /.test(text), `not in French: ${text}`)];
  });
  await world.told("the corrected file says what would change, and is then imported", async () => {
    await mona.choose("Ou son fichier", "equipe.csv", SHEET);
    await mona.press("Voir ce qui changerait");
    const seen = await mona.text();
    await mona.press("Importer");
    const text = await mona.text();
    return [expect(/Aucune erreur/.test(seen) && /Rien n’est encore enregistré/.test(seen), seen),
      expect(/C’est importé. Fiches nouvelles : 2/.test(text), text)];
  });
  await world.told("she chooses whom to invite, and her only", async () => {
    await desk();
    await mona.write(/^Nom ou adresse/, "Inès Morel");
    await mona.press("Chercher");
    await mona.press(/^Inviter Inès/);
    const mail = await ines.mail(/fiche/i);
    await ines.open(mail, /Voir ma fiche/);
    return [expect(/Personne ne/.test(await ines.text()), await ines.text()),
      expect(!world.mailbox.unread("tom@example.org").length, "somebody else is invited")];
  });
}
