// What a browser complains about while pages are visited.

// Watches every page of the context. A page answered with an error on purpose makes the browser
// say so too: give its status in `expected`.
export function watch(context, origin, expected = []) {
  const troubles = [];
  const add = trouble => troubles.push(trouble);
  context.on("console", message => {
    if (!["error", "warning"].includes(message.type())) return;
    const text = message.text();
    if (!expected.some(status => text.includes(`status of ${status} `)))
      add(`console: ${text} (${message.location().url})`);
  });
  context.on("weberror", error => add(`script: ${error.error().message}`));
  context.on("requestfailed", request => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") add(`request: ${why} ${request.url()}`);
  });
  context.on("request", request => {
    if (new URL(request.url()).origin !== origin) add(`elsewhere: ${request.url()}`);
  });
  context.on("response", response => {
    if (response.status() >= 400 && !expected.includes(response.status()))
      add(`${response.status()}: ${response.url()}`);
  });
  return troubles;
}

// What sticks out of the window sideways, for someone who zoomed to 320 pixels.
export async function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [`${root.scrollWidth} pixels in ${root.clientWidth}: ` +
      [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > root.clientWidth + 0.5)
        .slice(0, 5).map(element => element.outerHTML.slice(0, 80)).join(" ; ")];
  });
}
