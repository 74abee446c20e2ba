#!/usr/bin/env bash
# Opens /docs of a real server in headless Chromium, behind a proxy with a prefix: logs in and calls through its buttons,
# and watches that it asks nobody else. Wants the tools of contract.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

need_chromium
say "the explorer, in Chromium"
# As the tests have built it: `cargo build` would begin anew, with fewer features of its dependencies.
cargo test --locked --quiet --no-run --test api
folder=$(mktemp -d)
# Where root runs this, another user keeps the database.
chmod 711 "$folder"
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2> /dev/null && wait "$server" || true; }
    rm -rf "$folder"
}
trap finish EXIT
port=$(node -e 'const it = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(it.address().port); it.close(); })')
SAMSPILL_MODE=demo SAMSPILL_DATA="$folder/data" SAMSPILL_BIND="127.0.0.1:$port" SAMSPILL_LOG=warn \
    target/debug/samspill serve > /dev/null 2> "$folder/log" &
server=$!
node target/contract/explorer.mjs "http://127.0.0.1:$port" "$folder/profile" || { cat "$folder/log" >&2; exit 1; }
