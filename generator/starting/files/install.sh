#!/bin/sh
# 装上规定的版本：每个软件包都按登记的指纹（sha256）核对，对不上的不装。
#
#   sh ci/install.sh [pip]
#
# ci/requirements.txt 是程序用到的软件包，随程序升级；ci/engine.txt 是程序自己。
set -eu

pip=${1:-pip}

grep -q -e '--hash=sha256:' ci/engine.txt || {
    printf '%s\n' "ci/engine.txt 里没有程序的指纹，不能装：拿到 cunwu-….whl，运行 cunwu upgrade --engine cunwu-….whl --apply，提交以后再来" >&2
    exit 1
}
"$pip" install --quiet --require-hashes -r ci/requirements.txt
"$pip" install --quiet --require-hashes --no-deps -r ci/engine.txt
