// How a person acts on a page: with a mouse, or with the keyboard alone.
const TABS_MOST = 150;

export class Mouse {
  constructor(page) { this.page = page; }
  async follow(target) { await target.click(); await this.page.waitForLoadState(); }
  async tick(target) { await target.click(); }
  async jump(link) { await link.click(); }
  async write(target, text) { await target.fill(text); }
  async send(button) { await this.follow(button); }
  async pick(list, words) { await list.selectOption({ label: words }); }
  async back() { await this.page.goBack(); }
}

export class Keyboard {
  constructor(page) { this.page = page; }

  // Tabs until target has the focus, the shorter way round; what has it must be seen to have it,
  // on the screen.
  async reach(target) {
    const far = await this.stops_to(target), key = far < 0 ? "Shift+Tab" : "Tab";
    for (let i = 1; i < Math.abs(far); i++) await this.page.keyboard.press(key);
    for (let i = 0; i <= TABS_MOST; i++) {
      if (i > 0 || far) await this.page.keyboard.press(i > 0 ? "Tab" : key);
      const here = await target.evaluate(element => {
        if (document.activeElement !== element) return null;
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        return {
          isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          isOnScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight &&
            box.right > 0 && box.left < innerWidth
        };
      });
      if (!here) continue;
      if (!here.isOutlined) throw new Error(`the focus is not visible on ${target}`);
      if (!here.isOnScreen) throw new Error(`${target} has the focus off the screen`);
      return;
    }
    throw new Error(`${TABS_MOST} tabs did not reach ${target}`);
  }

  // How many stops lie between what has the focus and target, backwards below 0, so that only the
  // last Tab is looked at: an estimate, nothing but Tab moves the focus.
  async stops_to(target) {
    await target.waitFor({ state: "attached" });
    return target.evaluate(element => {
      const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(each => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.checkVisibility());
      // One stop for a group of radio buttons: the one chosen, or the first.
      const stops = all.filter(each => each.type !== "radio" || each === document.activeElement || each === element ||
        all.find(other => other.name === each.name && other.form === each.form && other.checked) === each ||
        !all.some(other => other.name === each.name && other.form === each.form && other.checked) &&
        all.find(other => other.name === each.name && other.form === each.form) === each);
      const from = stops.indexOf(document.activeElement), to = stops.indexOf(element);
      return to < 0 || from < 0 && document.activeElement !== document.body ? 0 : to - from;
    });
  }

  async follow(target) {
    await this.reach(target);
    const before = this.page.url();
    await this.page.keyboard.press("Enter");
    await this.page.waitForURL(url => url.href !== before);
    await this.page.waitForLoadState();
  }
  // One Tab stop leads to a group of radio buttons; arrows go from one to the next.
  async tick(target) {
    const name = await target.evaluate(element => element.type === "radio" ? element.name : "");
    if (!name) {
      await this.reach(target);
      return this.page.keyboard.press("Space");
    }
    const group = this.page.locator(`input[type=radio][name="${name}"]`);
    const checked = group.and(this.page.locator(":checked"));
    await this.reach(await checked.count() ? checked : group.first());
    if (!await checked.count()) await this.page.keyboard.press("Space");
    for (let i = await group.count(); i > 0 && !await target.isChecked(); i--)
      await this.page.keyboard.press("ArrowDown");
    if (!await target.isChecked()) throw new Error(`arrows did not reach ${target}`);
  }
  async jump(link) { await this.reach(link); await this.page.keyboard.press("Enter"); }
  async write(target, text) {
    await this.reach(target);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.type(text);
  }
  // Arrows go from one choice to the next.
  async pick(list, words) {
    await this.reach(list);
    const chosen = () => list.evaluate(element => element.selectedOptions[0]?.label ?? "");
    await this.page.keyboard.press("Home");
    for (let before = null, at = await chosen(); at !== words && at !== before; at = await chosen()) {
      before = at;
      await this.page.keyboard.press("ArrowDown");
    }
    if (await chosen() !== words) throw new Error(`no choice “${words}”`);
  }
  async send(button) {
    await this.reach(button);
    const loaded = this.page.waitForEvent("load");
    await this.page.keyboard.press("Enter");
    await loaded;
  }
  // Alt and the left arrow belong to the browser's frame, which a headless one does not have.
  async back() { await this.page.goBack(); }
}
