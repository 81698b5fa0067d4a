#!/usr/bin/env bash
# CPU seconds, memory and size beside DuckDB and ccusage on the same files, interleaved: run.sh BUILD-DIR. Quote ratios: machines
# differ and are shared.
set -euo pipefail
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/*.mjs "$here"/package.json "$work"
(cd "$work" && npm install --silent --no-audit --no-fund)
cd "$work"
"$build/tests/write_load" bodies bodies.jsonl
"$build/tests/write_load" metadata metadata.jsonl
node write_claude_logs.mjs claude 500
node duckdb_parquet.mjs bodies.jsonl bodies.parquet

"$build/app/plumbline" generate --calls 200000 --store replay.plumb >/dev/null 2>&1
"$build/app/plumbline" drains --store replay.plumb >/dev/null 2>&1
"$build/tests/replay" replay.plumb "$work" >/dev/null
# Ten million calls with their prompts want some 10 GB.
[ "$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)" -ge 14 ] && times=50 || times=10

measured() { # NAME COMMAND… : "name user+sys peak"
    local name=$1
    shift
    /usr/bin/time -f "%U %S %M" -o time.txt "$@" >/dev/null
    awk -v name="$name" '{printf "%-26s %6.2f CPU s  %6.0f MB peak\n", name, $1 + $2, $3 / 1024}' time.txt
    awk '{print $1 + $2}' time.txt >"$name.cpu"
}
ratio() { awk -v a="$(cat "$1.cpu")" -v b="$(cat "$2.cpu")" 'BEGIN {printf "  %s / %s: %.2f\n", ARGV[1], ARGV[2], a / b}' "$1" "$2"; }

for round in 1 2 3; do
    echo "round $round"
    rm -f ours.plumb* theirs.duckdb*
    measured duckdb-bodies node duckdb_import.mjs bodies bodies.jsonl theirs.duckdb
    measured plumbline-bodies "$build/app/plumbline" import --store ours.plumb bodies.jsonl
    ratio duckdb-bodies plumbline-bodies
    awk -v input="$(stat -c %s bodies.jsonl)" -v ours="$(stat -c %s ours.plumb)" -v theirs="$(stat -c %s theirs.duckdb)" \
        'BEGIN {printf "  size: input %.0f MB, ours %.0f MB (%.1f x smaller), theirs %.0f MB\n", input / 1e6, ours / 1e6, input / ours, theirs / 1e6}'
    rm -f ours.plumb* theirs.duckdb*
    measured duckdb-metadata node duckdb_import.mjs key metadata.jsonl theirs.duckdb
    measured plumbline-metadata "$build/app/plumbline" import --store ours.plumb metadata.jsonl
    ratio duckdb-metadata plumbline-metadata
    measured ccusage-500-MB env CLAUDE_CONFIG_DIR="$work/claude" node_modules/.bin/ccusage claude daily --offline --json
    rm -f logs.plumb*
    measured plumbline-claude-logs "$build/app/plumbline" import --store logs.plumb --privacy metadata claude/projects
    ratio ccusage-500-MB plumbline-claude-logs
    rm -f parquet.plumb*
    measured plumbline-parquet "$build/app/plumbline" import --store parquet.plumb bodies.parquet
    awk -v bytes="$(stat -c %s bodies.parquet)" '{printf "  parquet: %.0f MB/s of CPU\n", bytes / 1e6 / $1}' plumbline-parquet.cpu
    echo "feature × model × day over 1 M calls, CPU ms a question:"
    echo "  duckdb $(node duckdb_ask.mjs theirs.duckdb)"
    "$build/tests/ask" ours.plumb | sed 's/^/  /'
    echo "a stack of levers over 200,000 calls with their prompts, CPU ms a step:"
    echo "  duckdb $(node duckdb_replay.mjs "$work")"
    "$build/tests/replay" replay.plumb | sed 's/^/  /'
    echo "a month's long report on 1 M calls:"
    QT_QPA_PLATFORM=offscreen "$build/tests/report" ours.plumb "$("$build/app/plumbline" breakdown --store ours.plumb --by month --csv | awk -F, 'NR > 1 && $2 + 0 > most {most = $2; month = $1} END {print month}')" 2>/dev/null | sed 's/^/  /'
    echo "the window on 1 M calls, as one waits for it:"
    QT_QPA_PLATFORM=offscreen "$build/tests/window" ours.plumb 2>/dev/null | sed 's/^/  /'
    echo "looking through traces, prompts and words of 200,000 calls with their prompts:"
    "$build/app/plumbline" traces --store replay.plumb --where '"refund"' --limit 1 >/dev/null 2>&1
    QT_QPA_PLATFORM=offscreen "$build/tests/look" replay.plumb refund 2>/dev/null | sed 's/^/  /'
    echo "the collector, posts of chat traces with re-sent histories, spans without bodies, then fifty spans a second, a post each and ten a post:"
    for kind in "6000 32" "1000000 16 metadata" "1000 4 paced" "100 4 batched"; do
        rm -f live.plumb*
        "$build/app/plumbline" collect --store live.plumb --port 0 >listening.txt 2>/dev/null &
        collector=$!
        until grep -q Listening listening.txt; do sleep 0.1; done
        port=$(sed 's/.*127.0.0.1:\([0-9]*\),.*/\1/' listening.txt)
        # shellcheck disable=SC2086
        "$build/tests/post_load" "$port" "$collector" $kind | sed 's/^/  /'
        awk '/VmHWM/ {printf "  %.0f MB peak\n", $2 / 1024}' "/proc/$collector/status"
        kill "$collector"
        wait "$collector"
    done
done

echo "a trace of 100 MB:"
"$build/tests/write_load" huge huge.jsonl
"$build/app/plumbline" import --store huge.plumb huge.jsonl >/dev/null 2>&1
QT_QPA_PLATFORM=offscreen "$build/tests/look" huge.plumb 2>/dev/null | grep 'trace' | sed 's/^/  /'
echo "looking through ten million calls:"
"$build/tests/write_load" many many.jsonl
"$build/app/plumbline" import --store many.plumb many.jsonl >/dev/null 2>&1
rm -f many.jsonl
QT_QPA_PLATFORM=offscreen "$build/tests/look" many.plumb 2>/dev/null | sed 's/^/  /'

echo "a stack of levers over $((times * 200000)) calls with their prompts:"
"$build/tests/replay" replay.plumb "$work" "$times" | tail -2 | sed 's/^/  /'
