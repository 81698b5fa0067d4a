#!/usr/bin/env bash
# extract.sh FILE.ts: every text of the window, for translators. What is translated there already stays.
set -euo pipefail
file=$(realpath -m "${1:?extract.sh FILE.ts}")
cd "$(dirname "$0")/../.."
lupdate=$(command -v /usr/lib/qt6/bin/lupdate || command -v lupdate) || exit 127
marked=$(mktemp -d)
trap 'rm -rf "$marked"' EXIT

# mark CONTEXT FILES…: the core knows no Qt. Copies in which its texts are marked with the context the window looks them
# up in: each literal that begins with a capital or holds a space.
mark() {
    local context=$1 source
    shift
    for source in "$@"; do
        CONTEXT=$context perl -0777 -pe '
            s/"\s*\n\s*"//g;
            s/TR_NOOP\(("[^"]*")\)/$1/g;
            s/(\.unit = )?("((?:[^"\\\n]|\\.)*)")/my ($all, $is_unit, $literal, $text) = ($&, $1, $2, $3);
                $is_unit || $text =~ m{^[A-Z]| }
                    ? ($is_unit || "") . "QT_TRANSLATE_NOOP(\"$ENV{CONTEXT}\", $literal)" : $all/ge' \
            "$source" >"$marked/$context-$(basename "$source")"
    done
}
mark Drain model/analysis/drains/*.cpp
mark WhatIf model/simulation/levers/*.cpp model/simulation/*.cpp model/queries/what_if*.cpp
mark Dimension model/core/filter.cpp
mark Segment model/core/segment.cpp
mark Spend model/spend/variance.cpp
mark Explanation model/core/usage.cpp
# These stand among SQL.
grep -o 'LineOfUsage{"[^"]*"' model/queries/call_answers.cpp |
    sed 's/LineOfUsage{\(.*\)/QT_TRANSLATE_NOOP("Bucket", \1);/' >"$marked/Bucket.cpp"

"$lupdate" -silent -I . -locations none -no-obsolete ui model/items app "$marked" -ts "$file" 2>/dev/null
echo "$file: $(grep -c '<message' "$file") texts"
