// A site to visit: the program just built, with a demonstration directory of its own.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { ETABLI_PROGRAM, ETABLI_SOURCE, ETABLI_BUILD } = process.env;
const DAY_S = 86400, HOUR_S = 3600;

export const folder = mkdtempSync(join(tmpdir(), "etabli-e2e-"));

let made = null;

function environment() {
  if (made) return made;
  const content = join(folder, "content");
  mkdirSync(content);
  for (const part of ["templates", "mails", "style", "script", "icons", "help", "demo"])
    if (existsSync(join(ETABLI_SOURCE, "content", part)))
      symlinkSync(join(ETABLI_SOURCE, "content", part), join(content, part));
  symlinkSync(join(ETABLI_BUILD, "content", "i18n"), join(content, "i18n"));
  return made = { ...process.env, ETABLI_CONTENT: content };
}

// Waits for the line that tells the address; gathers everything said.
function listen(server, said) {
  return new Promise((done, fail) => {
    for (const stream of [server.stdout, server.stderr])
      stream?.on("data", part => {
        said.text += part;
        const match = said.text.match(/(http:\/\/127\.0\.0\.1:\d+)\/?\n/);
        if (match) done(match[1]);
      });
    server.once("exit", code => fail(new Error(`the server ended with ${code}: ${said.text}`)));
  });
}

// Resolves to { origin, said, stop(), advance(), advance_to(), run() }. `config` is YAML; what `name` names is
// its folder; time can be moved.
export async function open(name = "site", config = "") {
  const env = environment(), home = join(folder, name), data = join(home, "data");
  const clock = join(home, "clock"), yaml = join(home, "site.yaml");
  mkdirSync(home);
  writeFileSync(yaml, config || "{}\n");
  writeFileSync(clock, "0\n");
  const options = ["--data", data, "--config", yaml];
  const run = (...words) => execFileSync(ETABLI_PROGRAM, [...words, ...options],
    { env, stdio: ["ignore", "pipe", "pipe"] }).toString();
  run("demo");
  const server = spawn(ETABLI_PROGRAM, ["serve", ...options, "--port", "0", "--clock-file", clock],
    { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise(done => server.once("exit", done));
  const said = { text: "" };
  const origin = await listen(server, said);
  const began_s = Date.now() / 1000;
  let moved_s = 0;
  const move = by_s => {
    moved_s += by_s;
    writeFileSync(`${clock}.new`, `${moved_s}\n`);
    renameSync(`${clock}.new`, clock);
  };
  return {
    origin, said, data, run,
    // Moves the site's time; what is due then runs by itself a moment later.
    advance({ days = 0, hours = 0 }) { move(days * DAY_S + hours * HOUR_S); },
    // Moves it to so long after the beginning, or to a time in seconds since 1970; never back.
    advance_to({ day = 0, hours = 0, at = began_s + day * DAY_S + hours * HOUR_S }) {
      move(Math.max(0, Math.ceil(at - Date.now() / 1000 - moved_s)));
    },
    now: () => new Date(Date.now() + moved_s * 1000),
    async stop() { server.kill("SIGTERM"); return ended; }
  };
}

export function remove() {
  rmSync(folder, { recursive: true, force: true });
}
