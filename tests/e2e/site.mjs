// A site to visit: the program just built, with a demonstration directory of its own.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { ETABLI_PROGRAM, ETABLI_SOURCE, ETABLI_BUILD } = process.env;

export const folder = mkdtempSync(join(tmpdir(), "etabli-e2e-"));

function environment() {
  const content = join(folder, "content");
  mkdirSync(content);
  for (const part of ["templates", "mails", "style", "script", "icons", "help", "demo"])
    if (existsSync(join(ETABLI_SOURCE, "content", part)))
      symlinkSync(join(ETABLI_SOURCE, "content", part), join(content, part));
  symlinkSync(join(ETABLI_BUILD, "content", "i18n"), join(content, "i18n"));
  return { ...process.env, ETABLI_CONTENT: content };
}

// Resolves to { origin, stop() }.
export async function open() {
  const env = environment();
  const data = join(folder, "data");
  execFileSync(ETABLI_PROGRAM, ["demo", "--data", data], { env, stdio: "ignore" });
  const server = spawn(ETABLI_PROGRAM, ["serve", "--data", data, "--port", "0"],
    { env, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise(done => server.once("exit", done));
  const origin = await new Promise((done, fail) => {
    let said = "";
    server.stdout.on("data", part => {
      said += part;
      const match = said.match(/(http:\/\/\S+)\n/);
      if (match) done(match[1].replace(/\/$/, ""));
    });
    server.once("exit", code => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { origin, async stop() { server.kill("SIGTERM"); return ended; } };
}

export function remove() {
  rmSync(folder, { recursive: true, force: true });
}
