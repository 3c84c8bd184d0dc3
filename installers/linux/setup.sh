#!/usr/bin/env bash
# Makes the environment of the project: setup.sh DIR. Takes missing system packages from packages.txt.
# setup.sh --packages only looks after the system packages, and does nothing where all are there.
set -euo pipefail
venv=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

missing() { "$python" "$here/missing.py" "$@"; }

# Installs what is missing; says why not where it cannot, and fails only where something indispensable is still missing.
install_packages() {
    local packages as_root=() trouble="" log
    mapfile -t packages < <(missing)
    [ "${#packages[@]}" -gt 0 ] || return 0
    say "缺少系统软件包：${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        trouble="这个系统没有 apt-get，请用系统自带的方法安装与上面同名或相近的软件包。"
    elif [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        trouble="没有管理员权限，不能自动安装。请让管理员运行：apt-get install ${packages[*]}"
    else
        [ "$(id -u)" -eq 0 ] || as_root=(sudo)
        say "正在安装……"
        log=$(mktemp)
        { "${as_root[@]}" apt-get update -qq &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 ||
            { tail -n 5 "$log" >&2 && trouble="系统软件包没有装上。请检查网络或权限后重试，或让管理员运行：apt-get install ${packages[*]}"; }
        rm -f "$log"
    fi
    [ -n "$trouble" ] || return 0
    say "$trouble"
    [ -z "$(missing --indispensable)" ] || return 1
    say "缺的只是虚拟显示器，其余照常：有显示器的电脑不需要它。"
}

if ! command -v "$python" >/dev/null; then
    say "没有找到 $python。请先安装 Python 3.11 或更新版本，再运行 make setup。"
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "需要 Python 3.11 或更新版本，现在是 $("$python" --version)。可用 PYTHON=python3.12 make setup 指定另一个。"
    exit 1
fi

install_packages
[ "$venv" != --packages ] || exit 0

cd "$root"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
say "正在安装依赖（按锁定文件核对每个文件的哈希值）……"
unset PYTHONDONTWRITEBYTECODE
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --require-hashes -r installers/locks/dev.txt
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
"$venv/bin/python" -m compileall -q safetydesk || true
say "已就绪：$venv/bin/safetydesk"
