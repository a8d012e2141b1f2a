// Someone of the story: a browser of her own, an address, and hands.
import { link } from "./mailbox.mjs";
import { slow } from "./tap.mjs";
import { sideways, watch } from "./watch.mjs";

export class Person {
  // world: { browser, origin, mailbox, witness, Hand, options }.
  static async arrive(world, name, full_name) {
    const context = await world.browser.newContext({ locale: "fr-FR", reducedMotion: "reduce",
      ...world.options });
    context.setDefaultTimeout(30000 * slow);
    const person = new Person(world, name, full_name, context);
    person.troubles = watch(context, world.origin, [410, 422, 403, 429]);
    world.witness.attend(context);
    person.page = await context.newPage();
    person.page.on("load", () => sideways(person.page).then(list =>
      person.troubles.push(...list.map(each => `${person.page.url()}: ${each}`)), () => {}));
    person.hand = new world.Hand(person.page);
    world.people.push(person);
    return person;
  }

  constructor(world, name, full_name, context) {
    Object.assign(this, { world, name, full_name, context, address: `${name}@example.org` });
  }

  get main() { return this.page.getByRole("main"); }
  async heading() { return this.page.getByRole("heading", { level: 1 }).innerText(); }
  async text() { return (await this.main.innerText()).replace(/[\u00a0\u202f]/g, " "); }

  async visit(path) { await this.page.goto(this.world.origin + path); }
  // What is named like that on the page: links, buttons, fields, choices.
  async follow(words, within = this.page) {
    await this.hand.follow(within.getByRole("link", { name: words }).first());
  }
  async press(words, within = this.main) {
    await this.hand.send(within.getByRole("button", { name: words }).first());
  }
  async write(label, words, within = this.main) {
    await this.hand.write(within.getByLabel(label).first(), words);
  }
  async tick(label, within = this.main) { await this.hand.tick(within.getByLabel(label).first()); }
  // A file with these words, chosen in the field labelled so.
  async choose(label, name, words) {
    const asked = this.page.waitForEvent("filechooser");
    await this.hand.tick(this.main.getByLabel(label).first());
    await (await asked).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(words) });
  }
  async unfold(words) { await this.hand.tick(this.main.locator("summary", { hasText: words }).first()); }
  async pick(label, words, within = this.main) {
    await this.hand.pick(within.getByLabel(label).first(), words);
  }

  // Her next mail like that; its link opens in her browser.
  async mail(pattern) { return this.world.mailbox.next(this.address, pattern); }
  async open(mail, words) {
    const url = new URL(link(mail, words));
    await this.visit(url.pathname + url.search);
  }
  async sign_in(after = "/moi") {
    await this.visit(`/connexion?suite=${encodeURIComponent(after)}`);
    if (!/\/connexion$/.test(new URL(this.page.url()).pathname)) return;
    await this.write(/adresse/i, this.address);
    await this.press(/lien/);
    await this.come_in();
  }
  async come_in() {
    await this.open(await this.mail(/^Votre lien pour entrer/), /./);
    await this.press("Me connecter");
  }
}
