#!/usr/bin/env bash
# Runs the browser stories (of one visitor: run.sh 'mouse, 320'; or run.sh 'exchange, 320', exchange,
# 'signed in', gaps, suggestions or pages; run.sh exchange needs,monday for some chapters; run.sh pages 5
# for five of each sort), or says what is missing. With ETABLI_PICTURES=FOLDER a picture of every page
# met. Without an argument the exchange lives in one of its four worlds. A build with sanitizers runs none of
# them: the HTTP stories ask the same pages.
# ETABLI_NODE_MODULES names the folder that `npm ci` made from package.json here; script/test makes it.
skip() {
    echo "1..0 # SKIP browser stories: $*"
    exit 0
}
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${ETABLI_NODE_MODULES:-}" ] || skip "run by script/test (ETABLI_NODE_MODULES is not set)"
[ -d "$ETABLI_NODE_MODULES/playwright-core" ] || skip "npm could not install playwright-core"
command -v node >/dev/null || skip "node is not installed"
ETABLI_CHROMIUM=$(command -v chromium) || skip "chromium is not installed"
export ETABLI_CHROMIUM
exec node "$here/main.mjs" "$@"
