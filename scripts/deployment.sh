#!/usr/bin/env bash
# Holds docker-compose.yml against the Compose Specification, and the unit against what systemd knows and advises.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

need_python
say "docker-compose.yml"
tools=target/deployment
if ! cmp -s deploy/requirements.txt "$tools/.made-of"; then
    python3 -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r deploy/requirements.txt
    cp deploy/requirements.txt "$tools/.made-of"
fi
"$tools/bin/check-jsonschema" --builtin-schema vendor.compose-spec docker-compose.yml

say "the systemd unit"
if command -v systemd-analyze > /dev/null; then
    # It asks that the program is there.
    unit=$(mktemp -d)/samspill.service
    sed "s#^ExecStart=[^ ]*#ExecStart=$(command -v true)#" deploy/samspill.service > "$unit"
    # What it only warns of is a mistake too.
    said=$(systemd-analyze verify --recursive-errors=no "$unit" 2>&1) && [ -z "$said" ] || missing "a unit without faults: $said"
    systemd-analyze security --offline=true --threshold=15 --no-pager "$unit" | tail -n 1
else
    echo "NOT CHECKED: systemd-analyze is not here."
fi
