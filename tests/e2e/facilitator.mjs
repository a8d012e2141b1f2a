// The facilitator's chapters: the site gets its keepers, the pole its Monday page.
import { expect } from "./tap.mjs";

export const POLE = "Pôle bâtiment", STRUCTURE = "Chantier-école du Rabot";

async function grant(admin, person, role, where, of_what) {
  await admin.write("Adresse électronique", person.address);
  await admin.tick(role);
  await admin.pick(where, of_what);
  if (role !== "gestion d’une structure") await admin.write("Prénom et nom", person.full_name);
  await admin.press("Donner ce rôle");
  const mail = await person.mail();
  return [expect(/rôle est donné/.test(await admin.text()), await admin.text()),
    expect(mail.text.includes(of_what), mail.text)];
}

// The server says it soon after its address.
async function said_link(home) {
  for (let i = 0; i < 100; i++) {
    const link = home.said.text.match(/\/premiere-administration\/[\w-]+/);
    if (link) return link[0];
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error(`no link for the first admin: ${home.said.text}`);
}

// The first admin comes by the link that the server prints, and gives the others their roles.
export async function keepers(world) {
  await world.told("the first admin comes by a link good once", async () => {
    world.admin = await world.arrive("ada", "Ada Martin");
    const { admin, home } = world;
    await admin.visit(await said_link(home));
    await admin.write("Votre adresse électronique", admin.address);
    await admin.press("Recevoir l’administration du site");
    await admin.come_in();
    return [expect(await admin.heading() === "Administration", await admin.heading())];
  });
  await world.told("she gives a pole its facilitator, who gets a mail", async () => {
    world.fatou = await world.arrive("fatou", "Fatou Traoré");
    return grant(world.admin, world.fatou, "animation d’un pôle", /^Pôle/, POLE);
  });
  await world.told("and a structure its manager", async () => {
    world.mona = await world.arrive("mona", "Mona Rey");
    return grant(world.admin, world.mona, "gestion d’une structure", /^Structure/, STRUCTURE);
  });
  await world.told("who did what is noted", async () => {
    await world.admin.follow("Qui a fait quoi");
    const text = await world.admin.text();
    return [expect(text.includes(POLE) && text.includes("ada@example.org"), text)];
  });
}

// The skill that is suggested first, or that none would do: nothing is chosen for her.
async function say_skill(fatou) {
  const radios = fatou.main.getByRole("group", { name: "Savoir-faire" }).getByRole("radio");
  await fatou.hand.tick(await radios.first().getAttribute("value") ? radios.first() : radios.last());
}

// To qualify: she says what the need is about, from her Monday page.
export async function monday(world) {
  const { fatou } = world;
  await world.told("the facilitator finds her Monday page, with what to do written on it", async () => {
    await fatou.sign_in();
    await fatou.follow(new RegExp(POLE), fatou.main);
    const text = await fatou.text();
    return [expect(/\/bureau$/.test(fatou.page.url()), fatou.page.url()),
      expect(/À qualifier/.test(text) && /Dites de quoi il s’agit/.test(text), text)];
  });
  await world.told("she qualifies the need of the creator from its basket", async () => {
    const more = fatou.main.locator("summary", { hasText: "de plus" }).first();
    const row = fatou.main.getByRole("listitem").filter({ hasText: world.words });
    if (await row.first().isHidden()) await fatou.hand.tick(more);
    await fatou.follow("Qualifier", row);
    await fatou.pick("Pôle", POLE);
    await say_skill(fatou);
    await fatou.press("Confirmer");
    return [expect(!(await fatou.text()).includes("est incorrect"), await fatou.text())];
  });
  await world.told("she marks a card as seen, and it leaves its basket", async () => {
    await fatou.visit("/poles/batiment/bureau");
    const basket = fatou.main.getByRole("region", { name: /Fiches silencieuses/ });
    const row = basket.getByRole("listitem").first(), name = await row.getByRole("link").first().innerText();
    await fatou.press(/Vu/, row);
    const first = fatou.main.getByRole("region", { name: /Fiches silencieuses/ })
      .getByRole("listitem").first().getByRole("link").first();
    return [expect(await first.innerText() !== name, `${name} is still there`)];
  });
}

// The evening of the needs fair, then the notebook.
export async function fair(world) {
  const { fatou } = world;
  await world.told("she types a needs fair, sees how it is understood, and saves it", async () => {
    await fatou.visit("/poles/batiment/bureau");
    await fatou.follow("Bourse aux besoins", fatou.main);
    await fatou.write("Les lignes", "Samia Benali ; monter un poêle de masse ; retoucher un vêtement");
    const box = await fatou.main.locator(".desknav a[aria-current]").boundingBox();
    await fatou.press("Vérifier");
    const understood = await fatou.text();
    await fatou.press("Tout enregistrer");
    const { width } = fatou.page.viewportSize();
    return [expect(box.x >= 0 && box.x + box.width <= width, `the tab of the page is out of view: ${JSON.stringify(box)}`),
      expect(/1 besoin/.test(understood) && /1 savoir-faire/.test(understood), understood),
      expect(/Tout est noté/.test(await fatou.text()), await fatou.text())];
  });
  await world.told("she writes in the hand-over notebook", async () => {
    await fatou.follow("Carnet de relève", fatou.main);
    await fatou.write("Une note", "Samia sera rappelée lundi par Fatou.");
    await fatou.press("Noter");
    return [expect(/rappelée lundi/.test(await fatou.text()), await fatou.text())];
  });
}

// Two needs of a kind are answered together, and can be taken apart again.
export async function merges(world) {
  const { fatou } = world;
  const qualify = async () => {
    await fatou.visit(world.other_path);
    await fatou.follow(/^Qualifier/, fatou.main);
  };
  await world.told("she gives the second need its pole, and merges it with the first that looks alike", async () => {
    await fatou.sign_in("/poles/batiment/bureau");
    await qualify();
    await fatou.pick("Pôle", POLE);
    await say_skill(fatou);
    await fatou.press("Confirmer");
    await qualify();
    await fatou.press("Regrouper", fatou.main.getByRole("listitem").filter({ hasText: world.words }));
    await fatou.visit(world.other_path);
    const merged = await fatou.text();
    await fatou.visit(world.need_path);
    return [expect(/avec d’autres/.test(merged), merged), expect(/3 personnes/.test(await fatou.text()), await fatou.text())];
  });
  await world.told("she splits it off again, and each keeps its own people", async () => {
    await qualify();
    await fatou.press("Séparer");
    await fatou.visit(world.need_path);
    return [expect(/2 personnes/.test(await fatou.text()), await fatou.text())];
  });
}

// A need nobody answered in nine days: she asks up to three more people.
export async function wave(world) {
  const { fatou, home, mailbox } = world;
  await world.told("nine days without an answer: from her Monday page she asks a wave of three", async () => {
    home.advance_to({ day: 10 });
    await fatou.sign_in("/poles/batiment/bureau");
    await fatou.visit("/poles/batiment/bureau");
    mailbox.collect();
    const before = mailbox.mails.length;
    // Of some needs nobody can be asked, and the page says so: then of the next one.
    const rows = fatou.main.getByRole("region", { name: /Sans réponse/ }).getByRole("listitem")
      .filter({ hasText: "Solliciter" });
    let text = "", asked = 0;
    for (let i = 0; !asked && i < await rows.count(); i++) {
      await fatou.press("Solliciter", rows.nth(i));
      text = await fatou.text();
      asked = Number(text.match(/(\d+) personnes? vien/)?.[1] ?? 0);
      if (!asked)
        await fatou.visit("/poles/batiment/bureau");
    }
    const asks = () => mailbox.mails.slice(before).filter(each => /montrer comment/.test(each.subject + each.text));
    for (let i = 0; i < 400 && asks().length < asked; i++) {
      await new Promise(done => setTimeout(done, 25));
      mailbox.collect();
    }
    return [expect(asked >= 1 && asked <= 3, text), expect(asks().length >= asked, `${asks().length} mails of ${asked}`)];
  });
}

// What the pole did, without names.
export async function report(world) {
  const { fatou } = world;
  await world.told("the report counts what happened, without names", async () => {
    await fatou.visit("/poles/batiment/bureau");
    await fatou.follow("Bilan", fatou.main);
    const text = await fatou.text();
    return [expect(/Séances tenues/.test(text), text), expect(!/Lina|Hugo|Omar/.test(text), "a name"),
      expect(await fatou.main.getByRole("table").count() === 1, "no table")];
  });
}
