#!/usr/bin/env bash
# Makes the faces of resources/fonts from their sources: build.sh [--check].
# Needs apt-get (a Debian package that is only unpacked, never installed), npm, and Python with pip.
# With --check nothing is written: the faces are made in a folder of their own and compared with those that are shipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

field() { "$python" -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))[sys.argv[2]])' "$here/sources.json" "$1"; }
say() { printf '%s\n' "$*" >&2; }

say "取字体来源……"
mkdir -p "$work/sources/debian" "$work/deb" "$work/made"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
(cd "$work/deb" && apt-get download -qq "$(field debian_package)" 2>/dev/null)
dpkg-deb -x "$work"/deb/*.deb "$work/sources/debian"
for origin in serif sans; do
    mkdir -p "$work/sources/$origin" "$work/npm/$origin"
    (cd "$work/npm/$origin" && npm pack --silent "$(field "${origin}_package")" >/dev/null)
    tar -xzf "$work/npm/$origin"/*.tgz -C "$work/sources/$origin"
done

say "转换、取子集（约两分钟）……"
"$python" -m venv "$work/venv"
# Of the locked packages only the font tools, with their hashes.
awk '/^[a-z]/ {keep = /^fonttools==/} keep' "$root/installers/locks/bench.txt" >"$work/fonttools.txt"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$work/fonttools.txt"
"$work/venv/bin/python" "$here/build.py" "$work/sources" "$work/made"

if [ "${1:-}" = --check ]; then
    diff "$root/resources/fonts/SHA256SUMS" "$work/made/SHA256SUMS" && say "与随附的字体一致。"
    exit
fi
cp "$work"/made/*.ttf "$work/made/SHA256SUMS" "$root/resources/fonts/"
zcat "$work/sources/debian/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz" >"$root/resources/fonts/GPL-3-FandolFang.txt"
cp "$work/sources/serif/package/LICENSE_FONT" "$root/resources/fonts/OFL-NotoSerifSC.txt"
cp "$work/sources/sans/package/LICENSE_FONT" "$root/resources/fonts/OFL-NotoSansSC.txt"
say "已写入 resources/fonts。"
