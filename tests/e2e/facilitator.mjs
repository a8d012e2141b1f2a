// The facilitator's story: the site gets its keepers, a pole its Monday page.
import { expect } from "./tap.mjs";

const POLE = "Pôle bâtiment";

// The first admin comes by the link that the server prints, and gives the others their roles.
async function keepers(world) {
  await world.told("the first admin comes by a link good once", async () => {
    world.admin = await world.arrive("ada");
    const { admin, home } = world;
    const path = home.said.text.match(/\/premiere-administration\/[\w-]+/)?.[0];
    await admin.visit(path ?? "/premiere-administration/none");
    await admin.write(/adresse/i, admin.address);
    await admin.press("Recevoir l’administration du site");
    await admin.come_in();
    return [expect(await admin.heading() === "Administration", await admin.heading())];
  });
  await world.told("she gives a pole its facilitator, who gets a mail", async () => {
    const { admin } = world;
    world.facilitator = await world.arrive("fatou");
    await admin.write("Adresse électronique", world.facilitator.address);
    await admin.tick("animation d’un pôle");
    await admin.pick(/^Pôle/, POLE);
    await admin.write(/^Prénom et nom/, "Fatou Traoré");
    await admin.press("Donner ce rôle");
    const mail = await world.facilitator.mail(/./);
    return [expect(/rôle est donné/.test(await admin.text()), await admin.text()),
      expect(mail.text.includes(POLE), mail.text)];
  });
}

async function monday(world) {
  await world.told("she sees the baskets of her pole, with what to do written on them", async () => {
    const { facilitator } = world;
    await facilitator.sign_in();
    await facilitator.follow(new RegExp(POLE), facilitator.main);
    return [expect(/\/bureau$/.test(facilitator.page.url()), facilitator.page.url())];
  });
}

export async function facilitator(world) {
  await keepers(world);
  await monday(world);
}
