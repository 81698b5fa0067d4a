#!/usr/bin/env bash
# The Debian package of a build that is there: what it holds, what it needs, and whether it starts from where it lands.
# package_test.sh BUILD_DIR
set -euo pipefail
build=$(realpath "${1:?package_test.sh BUILD_DIR}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    printf 'package_test: %s\n' "$*" >&2
    exit 1
}

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$scratch/package" >"$scratch/cpack.log" 2>&1 ||
    { cat "$scratch/cpack.log" >&2; fail "cpack failed"; }
packages=("$scratch"/package/*.deb)
[[ ${#packages[@]} -eq 1 && -f ${packages[0]} ]] || fail "not one package but: ${packages[*]}"
package=${packages[0]}

# Exactly these files, by root, readable by all and written by none.
id=io.github.plumbline.Plumbline
sort >"$scratch/expected" <<TXT
-rwxr-xr-x root/root ./usr/bin/plumbline
-rw-r--r-- root/root ./usr/share/applications/$id.desktop
-rw-r--r-- root/root ./usr/share/doc/plumbline/changelog.gz
-rw-r--r-- root/root ./usr/share/doc/plumbline/copyright
-rw-r--r-- root/root ./usr/share/icons/hicolor/scalable/apps/$id.svg
-rw-r--r-- root/root ./usr/share/man/man1/plumbline.1.gz
-rw-r--r-- root/root ./usr/share/metainfo/$id.metainfo.xml
TXT
dpkg-deb -c "$package" | awk '$1 !~ /^d/ { print $1, $2, $6 }' | sort >"$scratch/found"
diff -u "$scratch/expected" "$scratch/found" >&2 || fail "the package holds other files than it should"
[ -z "$(dpkg-deb -c "$package" | awk '$1 ~ /^d/ && $1 != "drwxr-xr-x"')" ] || fail "a folder has odd permissions"

# What it needs is said, the libraries found by what the program links.
depends=$(dpkg-deb -f "$package" Depends)
for needed in libc6 libqt6widgets6 libqt6svg6 libqcustomplot libsqlite3-0 fonts-inter fonts-jetbrains-mono tzdata; do
    [[ $depends == *$needed* ]] || fail "Depends lacks $needed: $depends"
done
for field in Maintainer Section Description Homepage; do
    [ -n "$(dpkg-deb -f "$package" "$field")" ] || fail "no $field"
done

# It runs from where it lands, without display, home or workspace.
dpkg-deb -x "$package" "$scratch/root"
plumbline() {
    env -i LC_ALL=C.UTF-8 PATH="$scratch/root/usr/bin" plumbline "$@"
}
version=$(dpkg-deb -f "$package" Version)
[ "$(plumbline --version)" = "plumbline $version" ] || fail "--version is $(plumbline --version), the package $version"
plumbline generate --store "$scratch/sample.plumb" --calls 300 --months 1 >/dev/null
table=$(plumbline breakdown --store "$scratch/sample.plumb" --by model)
[[ $table == *Total*\$* ]] || fail "breakdown has no total: $table"
code=0
plumbline breakdown --store "$scratch/none.plumb" >/dev/null 2>&1 || code=$?
[[ $code -eq 1 && ! -e $scratch/none.plumb ]] || fail "asking a missing workspace answers $code"

# The manual is well set and names every command there is.
page=$scratch/root/usr/share/man/man1/plumbline.1.gz
warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
[ -z "$warnings" ] || fail "the manual: $warnings"
manual=$(gzip -dc "$page")
while read -r command; do
    grep -qx "\.SS $command" <<<"$manual" || fail "the manual lacks '$command'"
done < <(plumbline help | sed -n 's|^plumbline \([a-z]\+\) .*|\1|p')
printf 'package_test: %s, %s bytes\n' "$(basename "$package")" "$(stat -c %s "$package")"
