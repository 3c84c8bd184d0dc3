#!/usr/bin/env bash
# Makes the environment of the project: setup.sh DIR. Takes missing system packages from packages.txt.
set -euo pipefail
venv=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null; then
    say "没有找到 $python。请先安装 Python 3.11 或更新版本，再运行 make setup。"
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "需要 Python 3.11 或更新版本，现在是 $("$python" --version)。可用 PYTHON=python3.12 make setup 指定另一个。"
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    mapfile -t packages < <(sed -E 's/#.*//; s/[[:space:]]+//g; /^$/d' "$here/packages.txt")
    say "缺少系统软件包，正在安装：${packages[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "没有管理员权限，不能自动安装。请让管理员运行：apt-get install ${packages[*]}"
            exit 1
        fi
        as_root=(sudo)
    fi
    if ! command -v apt-get >/dev/null; then
        say "这个系统没有 apt-get。请用系统自带的方法安装：${packages[*]}"
        exit 1
    fi
    if ! { "${as_root[@]}" apt-get update -qq && env DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${packages[@]}"; } >/dev/null; then
        say "系统软件包没有装上。请检查网络或权限后重试，或让管理员运行：apt-get install ${packages[*]}"
        exit 1
    fi
fi

cd "$root"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
say "正在安装依赖（按锁定文件核对每个文件的哈希值）……"
unset PYTHONDONTWRITEBYTECODE
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --require-hashes -r installers/locks/dev.txt
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
"$venv/bin/python" -m compileall -q safetydesk || true
say "已就绪：$venv/bin/safetydesk"
