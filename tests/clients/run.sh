#!/usr/bin/env bash
# Real SDKs against the collector: run.sh BUILD-DIR [DRIVER…]. They are installed in the build directory.
set -euo pipefail
build=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
work=$build/clients
mkdir -p "$work"
cp "$here"/*.mjs "$here"/package.json "$here"/package-lock.json "$work"
cd "$work"
if ! cmp -s package-lock.json installed.json; then
    npm ci --loglevel=error --no-audit --no-fund >/dev/null
    cp package-lock.json installed.json
fi
exec node run.mjs "$build/app/plumbline" "$@"
