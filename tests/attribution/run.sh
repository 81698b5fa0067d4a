#!/usr/bin/env bash
# Attribution against a real vocabulary: run.sh BUILD-DIR SOURCE-DIR. The vocabulary is installed in the build directory.
set -euo pipefail
build=$(realpath "$1")
source=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
work=$build/attribution
mkdir -p "$work"
cp "$here"/*.mjs "$here"/*.json "$work"
cd "$work"
if ! cmp -s package-lock.json installed.json; then
    npm ci --loglevel=error --no-audit --no-fund >/dev/null
    cp package-lock.json installed.json
fi
for calls in 100 400; do
    node write_apps.mjs "$source" $calls "traces-$calls.jsonl" "truth-$calls.jsonl"
done
exec "$build/tests/test_attribution" "$work"
