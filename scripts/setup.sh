#!/bin/sh
# Makes .venv ready for one kind of work:  scripts/setup.sh run|test|bench
#
# Installs exactly what requirements/<kind>.lock names, checked by hash, and the project itself as an
# editable install. Adds the Debian packages that are missing when it may (as root, or by sudo without
# a password); otherwise it prints the command to run. When nothing has changed it does nothing.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
kind=${1:-}
lock=requirements/$kind.lock
venv_python=.venv/bin/python
browser=/usr/bin/chromium
cjk_font=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

case $kind in
    run | test | bench) ;;
    *) echo "usage: scripts/setup.sh run|test|bench" >&2; exit 2 ;;
esac

say() { # English, Chinese
    printf '%s\n%s\n' "$1" "$2"
}

fail() {
    say "$@" >&2
    exit 1
}

have_cjk_font() {
    [ -e "$cjk_font" ] && return
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ':lang=zh-cn' family 2>/dev/null)" ]
}

have_library() { # file name
    for library in /usr/lib/*/"$1" /usr/lib/"$1" /usr/lib64/"$1"; do
        [ -e "$library" ] && return
    done
    return 1
}

# What the venv was made for, and from what: a change in any of it means work to do.
venv_state() {
    [ -x "$venv_python" ] || return 0
    "$venv_python" -I -S -c 'import sys; print(sys.version.split()[0], sys.argv[1])' "$root" 2>/dev/null || :
}

lock_state() { # kind
    cat "requirements/$1.lock" pyproject.toml | sha256sum
}

venv_is_good() {
    [ -f .venv/.made ] && [ "$(cat .venv/.made)" = "$(venv_state)" ]
}

lock_is_installed() {
    [ -f ".venv/.lock-$kind" ] && [ "$(cat ".venv/.lock-$kind")" = "$(lock_state "$kind")" ]
}

find_python() { # the first that is new enough
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

install_debian_packages() { # package ...
    command="apt-get update && apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "Missing: $*. Install them with this system's package manager, then run this again." \
            "缺少：$*。请用本系统的软件包管理器安装，然后重新运行。"
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
        as_root="sudo -n"
    else
        fail "Missing: $*. Run this as root, then try again:" \
            "缺少：$*。请以 root 身份运行下面的命令，然后重试：
    $command"
    fi
    say "Installing Debian packages: $*" "正在安装系统软件包：$*"
    log=$(mktemp)
    if ! {
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
    } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "The packages could not be installed. To try by hand: $command" \
            "软件包安装失败。可手动运行上面的命令。"
    fi
    rm -f "$log"
}

# 1. What the system must have.
missing=
command -v git >/dev/null 2>&1 || missing="$missing git"
if [ "$kind" = test ]; then
    [ -x "$browser" ] || missing="$missing chromium"
    have_cjk_font || missing="$missing fonts-noto-cjk"
    have_library libatomic.so.1 || missing="$missing libatomic1" # playwright drives the browser with a program that is linked to it
    # What WeasyPrint sets posters with; without the last it takes seconds for what takes a tenth.
    have_library libpango-1.0.so.0 || missing="$missing libpango-1.0-0"
    have_library libpangoft2-1.0.so.0 || missing="$missing libpangoft2-1.0-0"
    have_library libharfbuzz-subset.so.0 || missing="$missing libharfbuzz-subset0"
    command -v ssh-keygen >/dev/null 2>&1 || missing="$missing openssh-client"
    # What the site is served with, and what a thousand phones are played by.
    [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
    [ -e /usr/share/nginx/modules/ngx_http_brotli_static_module.so ] ||
        missing="$missing libnginx-mod-http-brotli-static"
    [ -x /usr/bin/caddy ] || missing="$missing caddy"
    command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
    command -v wrk >/dev/null 2>&1 || missing="$missing wrk"
    # The machine that a site is sent to, played by this one.
    command -v rsync >/dev/null 2>&1 || missing="$missing rsync"
    [ -x /usr/sbin/sshd ] || missing="$missing openssh-server"
fi
if venv_is_good; then
    make_venv=
else
    make_venv=1
    python=$(find_python)
    if [ -z "$python" ]; then
        if command -v python3 >/dev/null 2>&1; then
            fail "cunwu needs Python 3.11 or newer; this machine has $(python3 --version 2>&1)." \
                "cunwu 需要 Python 3.11 或更高版本。"
        fi
        missing="$missing python3 python3-venv"
    elif ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        missing="$missing $python-venv"
    fi
fi
# shellcheck disable=SC2086 # a list of package names
[ -z "$missing" ] || install_debian_packages $missing
if [ "$kind" = test ] && ! [ -x "$browser" ]; then
    fail "The tests need Chromium at $browser." "测试需要 ${browser}。"
fi

# The same browser without its windows, which draws a test's page in a third of the time. Where it cannot be had,
# the tests use the whole one.
if [ "$kind" = test ] && ! [ -x "$browser-headless-shell" ] && ! lock_is_installed; then
    (install_debian_packages chromium-headless-shell) ||
        say "The tests go on with $browser." "测试改用 ${browser}。"
fi

# 2. The virtual environment.
if [ -n "$make_venv" ]; then
    python=$(find_python)
    [ -n "$python" ] || fail "cunwu needs Python 3.11 or newer." "cunwu 需要 Python 3.11 或更高版本。"
    say "Making .venv with $("$python" --version)" "正在创建 .venv"
    rm -rf .venv
    "$python" -m venv .venv || fail "$python -m venv failed." "无法创建 .venv。"
    venv_state >.venv/.made
fi

# 3. What the benchmark holds the row diff against, in a folder of its own.
if [ "$kind" = bench ] && ! cmp -s requirements/peers.lock build/peers/.lock; then
    rm -rf build/peers
    "$venv_python" -m pip install --quiet --disable-pip-version-check --target build/peers \
        --require-hashes --no-deps -r requirements/peers.lock ||
        fail "The packages of requirements/peers.lock could not be installed." "对照用的软件包安装失败。"
    cp requirements/peers.lock build/peers/.lock
fi

# 4. The lock, then the project itself.
lock_is_installed && exit 0
say "Installing $lock (first time: a minute or two)" "正在安装 ${lock}（首次约需一两分钟）"
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$venv_python" -m pip install --quiet --require-hashes -r "$lock" ||
    fail "The packages of $lock could not be installed; see pip's message above." \
        "依赖安装失败，请看上面 pip 的提示。"
"$venv_python" -m pip install --quiet --no-deps --no-build-isolation --editable . ||
    fail "The project itself could not be installed; see pip's message above." \
        "项目本身安装失败，请看上面 pip 的提示。"
lock_state "$kind" >".venv/.lock-$kind"
# The other locks hold all that run.lock holds, at the same versions.
[ "$kind" = run ] || lock_state run >.venv/.lock-run
