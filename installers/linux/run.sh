#!/usr/bin/env bash
# Runs a program that opens windows: run.sh PROGRAM [ARGUMENT …]. Where there is no display it makes a virtual one,
# which ends with the program, however that ends.
set -uo pipefail

say() { printf '%s\n' "$*" >&2; }

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    exec "$@"
fi
if ! command -v Xvfb >/dev/null || ! command -v xauth >/dev/null; then
    say "这台机器没有显示器，也没有虚拟显示器。请先安装：apt-get install xvfb xauth"
    exit 1
fi

work=$(mktemp -d)
server=""
clean_up() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' TERM HUP
trap : INT # Ctrl+C is the program's; what it leaves behind is cleaned up after it

# Only who holds the cookie may look at the display or type into it.
cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
touch "$work/server" "$work/client"
xauth -q -f "$work/server" add :0 . "$cookie"
mkfifo "$work/number"
# In a session of its own: Ctrl+C would end it before the program could say goodbye.
setsid Xvfb -displayfd 3 -screen 0 "${SCREEN:-1366x768x24}" -nolisten tcp -auth "$work/server" 3>"$work/number" 2>"$work/log" &
server=$!
if ! read -r -t 20 number <"$work/number"; then
    say "虚拟显示器没有启动："
    cat "$work/log" >&2
    exit 1
fi
xauth -q -f "$work/client" add ":$number" . "$cookie"
say "这台机器没有显示器：窗口开在虚拟显示器 :$number 上，按 Ctrl+C 结束；各画面的图片用 make screenshots 生成。"
DISPLAY=":$number" XAUTHORITY="$work/client" "$@"
