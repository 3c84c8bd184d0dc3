#!/usr/bin/env bash
# Makes resources/icons from the npm package named here (needs npm); only what icons.txt names is taken.
set -euo pipefail
package=lucide-static@1.62.0
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" >/dev/null)
tar -xzf "$work"/*.tgz -C "$work" package/LICENSE package/icons
"${PYTHON:-python3}" "$here/build.py" "$work/package" "$root/resources/icons"
