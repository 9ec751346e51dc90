#!/bin/sh
# 合并请求来了：检查记录、谁可以改什么、个人信息，生成一份预览。写出 build/check/comment.md。
#
#   sh ci/check.sh 起点 终点 谁
#
# 起点、终点是提交，谁是提交人在代码托管平台上的账号（写在 site_config/people.yaml）。可以设置：
#   CUNWU          运行程序的命令，默认 cunwu
#   CUNWU_FORMAT   检查结果的写法，默认 text；github 会显示在对应的行上
set -u

base=${1:?用法：sh ci/check.sh 起点 终点 谁}
head=${2:?用法：sh ci/check.sh 起点 终点 谁}
who=${3:?用法：sh ci/check.sh 起点 终点 谁}
program=${CUNWU:-cunwu}
form=${CUNWU_FORMAT:-text}
out=build/check
worst=0

step() { printf '== %s\n' "$1"; }
run() {
    # shellcheck disable=SC2086
    $program "$@"
}
note() { # 结果，标题：不通过的记下来，接着查别的
    [ "$1" -eq 0 ] && return
    printf '没有通过：%s\n' "$2" >&2
    worst=1
}

mkdir -p "$out"
lists=$(sed -n 's/^private_content:[[:space:]]*//p' site_config/county.yaml | tr -d "\"'")
# 合并请求里没有名单。
[ -z "$lists" ] || mkdir -p "$lists"

step "检查"
run check --format markdown --output "$out/comment.md"
run check --format gitlab --output "$out/gitlab.json"
run check --format junit --output "$out/junit.xml"
run check --format "$form"
note $? "记录有错误"

step "谁可以改"
run check --as "$who" --range "$base..$head" --proposed --format markdown --output "$out/who.md"
run check --as "$who" --range "$base..$head" --proposed --format "$form"
code=$?
note $code "改了不归自己负责的文件"
if [ $code -ne 0 ] && [ -f "$out/who.md" ]; then
    # 一条评论：第二份报告接在第一份后面，去掉它的记号。
    { echo; sed 1d "$out/who.md"; } >>"$out/comment.md"
fi

step "个人信息"
run privacy scan --range "$base..$head" .
note $? "有不该公开的个人信息"

if [ $worst -eq 0 ]; then
    step "预览"
    run build
    note $? "没有生成"
fi
exit $worst
