#!/usr/bin/env bash
# Lints the document, and makes clients of it in TypeScript and Python with which every operation is called, as far as
# compilers go. The tools, all pinned, are kept under target/contract.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

need_node
need_python
mkdir -p target/contract
cp README.md openapi/{openapi.json,ruleset.yaml,redocly.yaml} openapi/tools/{.npmrc,*} target/contract
cd target/contract
export NODE_NO_WARNINGS=1 REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_TELEMETRY=off
PATH="$PWD/node_modules/.bin:$PWD/venv/bin:$PATH"

say "linters and generators, into target/contract"
if ! cmp -s package-lock.json node_modules/.made-of; then
    npm ci --loglevel=error
    cp package-lock.json node_modules/.made-of
fi
if ! cmp -s requirements.txt venv/.made-of; then
    python3 -m venv --clear venv
    venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
    cp requirements.txt venv/.made-of
fi

say "spectral: oas and owasp"
spectral lint --quiet --fail-severity=hint --ruleset ruleset.yaml openapi.json

say "redocly: recommended-strict"
redocly lint --config redocly.yaml openapi.json

say "a client in TypeScript"
openapi-typescript openapi.json --output schema.d.ts
openapi-python-client generate --path openapi.json --output-path client --overwrite --config client.yaml --fail-on-warning
ln -sfn client/samspill_client samspill_client
venv/bin/python programs.py
tsc

say "a client in Python"
mypy --strict --no-error-summary calls.py readme.py
venv/bin/python calls.py
