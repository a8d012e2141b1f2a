// The mails of a site, as a real SMTP server got them, and what every one of them must have.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { slow } from "./tap.mjs";

const PYTHONS = ["/usr/bin/python3", "python3"];
const WITHIN_MS = 30000 * slow;

// The first Python that knows aiosmtpd, or null.
function python() {
  return PYTHONS.find(each => {
    try {
      execFileSync(each, ["-c", "import aiosmtpd"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }) ?? null;
}

const wait = ms => new Promise(done => setTimeout(done, ms));

export class Mailbox {
  static is_possible() { return python() !== null; }

  // A server whose mails go to `folder`.
  static async open(folder) {
    const program = python();
    mkdirSync(folder);
    const here = dirname(fileURLToPath(import.meta.url));
    const server = spawn(program, [join(here, "smtp.py"), folder], { stdio: ["pipe", "pipe", "inherit"] });
    const port = await new Promise((done, fail) => {
      server.stdout.once("data", part => done(Number(part)));
      server.once("exit", code => fail(new Error(`the mail server ended with ${code}`)));
    });
    return new Mailbox(folder, server, port);
  }

  constructor(folder, server, port) {
    Object.assign(this, { folder, server, port, mails: [], troubles: [] });
  }

  close() { this.server.stdin.end(); }

  // Takes in what has come since.
  collect() {
    for (;;) {
      const path = join(this.folder, `${this.mails.length + 1}.json`);
      if (!existsSync(path)) return;
      const mail = JSON.parse(readFileSync(path, "utf8"));
      this.mails.push(mail);
      this.troubles.push(...wrong(mail).map(each => `“${mail.subject}” to ${mail.to}: ${each}`));
    }
  }

  // The next unread mail to an address whose subject (or text) matches.
  async next(address, pattern = /./) {
    const end = Date.now() + WITHIN_MS;
    for (;;) {
      this.collect();
      const mail = this.mails.find(each => !each.isRead && each.to.includes(address) &&
        (pattern.test(each.subject) || pattern.test(each.text)));
      if (mail) {
        mail.isRead = true;
        return mail;
      }
      if (Date.now() > end)
        throw new Error(`no mail to ${address} like ${pattern}; got: ` +
          this.mails.slice(-6).map(each => `${each.to} “${each.subject}”`).join(", "));
      await wait(25);
    }
  }

  // The unread mails to an address.
  unread(address) {
    this.collect();
    return this.mails.filter(each => !each.isRead && each.to.includes(address));
  }
}

export function links(mail) {
  return [...mail.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^]*?)<\/a>/g)]
    .map(([, href, words]) => ({ url: href.replaceAll("&amp;", "&"), words: words.replace(/<[^>]*>/g, "").trim() }));
}

// The address behind the words of a link.
export function link(mail, words = /./) {
  const found = links(mail).find(each => words.test(each.words));
  if (!found) throw new Error(`no link ${words} in “${mail.subject}”: ${links(mail).map(each => each.words).join(", ")}`);
  return found.url;
}

// What no mail may be.
function wrong(mail) {
  const troubles = [...mail.defects];
  const without = (isThere, what) => { if (!isThere) troubles.push(what); };
  without(mail.text?.trim(), "no text part");
  without(mail.html?.trim(), "no HTML part");
  if (!mail.text || !mail.html) return troubles;
  without(/<html lang="\w\w">/.test(mail.html), "its HTML does not say its language");
  without(/<title>[^<]{5,}/.test(mail.html), "its HTML has no title");
  without(!/\{\{|%\(|&amp;amp;|undefined|\(null\)/.test(mail.text + mail.html), "a template shows");
  without(!/<\/?(p|a|br|strong)\b/.test(mail.text), "tags in the text");
  without(!/\s[:;!?»]/.test(mail.text.replace(/[\u00a0\u202f]/g, "")
    .replace(/https?:\S+/g, "")), "a blank that is no French one before a sign");
  without(!/'/.test(mail.text.replace(/https?:\S+/g, "")), "a straight apostrophe");
  without(mail.headers["List-Unsubscribe"] || /^Votre lien pour/.test(mail.subject), "no List-Unsubscribe");
  without(mail.headers["Auto-Submitted"], "not marked as automatic");
  without(links(mail).every(each => /^(https?|mailto):/.test(each.url)), "a link that leads nowhere from a mail");
  for (const each of links(mail))
    without(mail.text.includes(each.url), `a link of the HTML is not in the text: ${each.url}`);
  for (const calendar of mail.calendars)
    without(/BEGIN:VCALENDAR[^]*DTSTART[^]*DTEND[^]*SUMMARY/.test(calendar), `odd calendar: ${calendar}`);
  return troubles;
}
