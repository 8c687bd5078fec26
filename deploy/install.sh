#!/usr/bin/env bash
# Installs what Linkage needs on a Debian machine: system packages, fonts and the Python environment in .venv.
#   deploy/install.sh run     what `make run` needs
#   deploy/install.sh test    the same and what `make test` needs
# Every part first looks at what is really there, so the second call does nothing and takes a fraction of a second.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-run}
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk redis-server poppler-utils)
wishes=(fonts-lxgw-wenkai)
lock=deploy/requirements/base.txt
if [ "$purpose" = test ]; then
    packages+=(postgresql chromium)
    lock=deploy/requirements/dev.txt
fi
python=.venv/bin/python
export DEBIAN_FRONTEND=noninteractive

say() { printf '[安装] %s\n' "$*"; }

# --- system packages -------------------------------------------------------------------------------------------------
missing() { # the packages of the arguments that dpkg does not have, one a line
    comm -23 <(printf '%s\n' "$@" | sort) \
        <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' | sort)
}

as_root() { # runs the command as root, or fails
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }
}

updated=
update_lists() {
    [ -n "$updated" ] || as_root apt-get -o DPkg::Lock::Timeout=120 -q update >/dev/null ||
        say "软件源更新失败，继续使用现有清单"
    updated=yes
}

without_services() { # a package's own redis or postgres must not start: Linkage starts private ones
    local policy=/usr/sbin/policy-rc.d made=
    if [ ! -e $policy ]; then
        made=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod +x $policy
    fi
    local status=0
    "$@" || status=$?
    [ -z "$made" ] || as_root rm -f $policy
    return $status
}

apt_install() {
    update_lists
    without_services as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 -q -y --no-install-recommends install "$@" >/dev/null
}

install_packages() {
    local lacking
    mapfile -t lacking < <(missing "${packages[@]}")
    [ ${#lacking[@]} -gt 0 ] || return 0
    say "安装系统软件包：${lacking[*]}"
    can_install && apt_install "${lacking[@]}" && return
    say "缺少系统软件包，请由管理员安装 / missing system packages, ask an administrator to install: ${lacking[*]}"
    exit 1
}

# --- fonts that a paper is nicer with and does without ---------------------------------------------------------------
fandol_folder() {
    if [ "$(id -u)" = 0 ]; then echo /usr/local/share/fonts/linkage; else echo "$HOME/.local/share/fonts/linkage"; fi
}

have_fandol() {
    fc-list 2>/dev/null | grep -q FandolFang
}

install_fandol() { # 仿宋 and 楷体: only the fonts are taken out of the 250 MB package (GPL with font exception)
    local work folder
    work=$(mktemp -d)
    folder=$(fandol_folder)
    update_lists
    (cd "$work" && apt-get -q -o APT::Sandbox::User=root download texlive-lang-chinese >/dev/null &&
        dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb | tar -x --wildcards '*/fandol/Fandol*.otf') || return 1
    mkdir -p "$folder"
    find "$work" -name 'Fandol*.otf' ! -name '*Braille*' -exec cp {} "$folder/" \;
    rm -rf "$work"
    fc-cache -f "$folder" || true
}

install_fonts() { # tried once for each environment: a machine that cannot have them is not asked at every start
    local tried=.venv/.fonts-tried lacking
    [ ! -e $tried ] || return 0
    mapfile -t lacking < <(missing "${wishes[@]}")
    if [ ${#lacking[@]} -gt 0 ] && can_install; then
        say "安装字体：${lacking[*]}"
        apt_install "${lacking[@]}" || say "未能安装 ${lacking[*]}，公文改用其他字体"
    fi
    if ! have_fandol && can_install; then
        say "安装字体：Fandol（仿宋、楷体）"
        install_fandol || say "未能取得 Fandol 字体，公文改用其他字体"
    fi
    touch $tried
}

# --- Python ----------------------------------------------------------------------------------------------------------
check_python() {
    command -v python3 >/dev/null || { say "没有 python3 / python3 is missing"; exit 1; }
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        { say "需要 Python 3.11 以上 / Python 3.11 or newer is needed: $(python3 -V)"; exit 1; }
    python3 -c 'import ensurepip, venv' 2>/dev/null && return
    say "安装系统软件包：python3-venv"
    can_install && apt_install python3-venv && return
    say "缺少 python3-venv，请由管理员安装 / python3-venv is missing, ask an administrator to install it"
    exit 1
}

mark() { # of a lock file in this folder with this Python; a copied or moved .venv does not match
    { echo "$PWD"; python3 -V; cat deploy/requirements/uv.txt "$1"; } | sha256sum | cut -d' ' -f1
}

up_to_date() {
    [ -x $python ] && [ "$(cat ".venv/.installed-$(basename "$lock")" 2>/dev/null)" = "$(mark "$lock")" ]
}

remember() {
    mark deploy/requirements/base.txt >.venv/.installed-base.txt
    [ "$purpose" != test ] || mark deploy/requirements/dev.txt >.venv/.installed-dev.txt
}

with_uv() { # uv does not read pip's configuration: hand it the index of a site that has its own
    local index
    $python -m pip --disable-pip-version-check -q install --require-hashes -r deploy/requirements/uv.txt || return 1
    index=${PIP_INDEX_URL:-$($python -m pip config get global.index-url 2>/dev/null || true)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}
    UV_LINK_MODE=copy .venv/bin/uv pip install --python $python -q --compile-bytecode --require-hashes -r "$lock"
}

with_pip() {
    $python -m pip --disable-pip-version-check -q install --require-hashes -r "$lock"
}

install_python() {
    up_to_date && return 0
    say "安装 Python 依赖（.venv，按锁定文件逐个核对）"
    $python -c '' 2>/dev/null || python3 -m venv --clear .venv
    with_uv || { say "uv 不可用，改用 pip（较慢）"; with_pip; }
    remember
}

begun=$SECONDS
if command -v dpkg-query >/dev/null; then
    install_packages
else
    say "不是 Debian 系统，请自行安装 / not Debian, install yourself: ${packages[*]}"
fi
[ -x $python ] || check_python
install_python
install_fonts
[ $((SECONDS - begun)) -lt 2 ] || say "完成，用时 $((SECONDS - begun)) 秒"
