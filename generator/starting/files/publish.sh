#!/bin/sh
# 检查 → 个人信息 → 生成 → 核对 → 发布。哪一步没有通过，网站就保持原样，并说明是哪里、为什么。
#
#   sh ci/publish.sh 目标文件夹
#
# 在县的仓库里运行，记录都已提交。可以设置：
#   CUNWU          运行程序的命令，默认 cunwu
#   CUNWU_BRANCH   主分支，默认 main
#   CUNWU_PRIVATE  不公开名单的仓库地址；没有设置、旁边也没有，就不显示名单
#   CUNWU_KEY      给公开日志签名的 SSH 私钥文件
#   CUNWU_FORMAT   检查结果的写法，默认 text；github 会显示在对应的行上
set -u

target=${1:?用法：sh ci/publish.sh 目标文件夹}
branch=${CUNWU_BRANCH:-main}
program=${CUNWU:-cunwu}
log="disclosure-log.jsonl"

step() { printf '== %s\n' "$1"; }
stop() {
    printf '没有发布，网站保持原样：%s\n' "$1" >&2
    exit 1
}
run() { # 程序的路径里可以有空格以外的任何字；参数原样交给它
    # shellcheck disable=SC2086
    $program "$@"
}
private() { # county.yaml 里写的名单文件夹
    sed -n 's/^private_content:[[:space:]]*//p' site_config/county.yaml | tr -d "\"'" | sed 's/[[:space:]]*$//'
}

[ -f site_config/county.yaml ] || stop "这里不是县的仓库（没有 site_config/county.yaml）"

# 同时来的两次推送，一次一次地发布。
mkdir -p "$target" || stop "不能写 $target"
if command -v flock >/dev/null 2>&1; then
    exec 9>"${target%/}.lock"
    flock 9
fi

lists=$(private)
if [ -n "$lists" ]; then
    if [ -n "${CUNWU_PRIVATE:-}" ]; then
        step "名单"
        if [ -d "$lists/../.git" ]; then
            git -C "$lists/.." pull --quiet --ff-only || stop "名单的仓库取不到新的内容"
        else
            git clone --quiet "$CUNWU_PRIVATE" "$lists/.." || stop "取不到名单的仓库"
        fi
    elif [ ! -d "$lists" ]; then
        printf '这里没有名单的仓库，这次不显示名单（CUNWU_PRIVATE 可以指明）\n' >&2
        mkdir -p "$lists" || stop "不能建立 $lists"
    fi
fi

# 看到过的那个版本：历史只往前长，就只看新的提交；每天第一次，或设置有变动，从头看一遍。
looked=build/publish/looked
day=$(date +%F)
last=
if [ -f "$looked" ]; then
    read -r then last <"$looked" || last=
    [ "$then" = "$day" ] && [ -f "$log" ] && git merge-base --is-ancestor "$last" HEAD 2>/dev/null &&
        git diff --quiet "$last" HEAD -- site_config schemas ci mkdocs.yml || last=
fi

if [ "${CUNWU_FORMAT:-text}" != text ]; then
    # 代码托管平台把它显示在对应的行上；别处由下面的「生成」列出。
    step "检查"
    run check --format "$CUNWU_FORMAT"
    case $? in
        0 | 1) ;;
        *) stop "设置有误，见上面" ;;
    esac
fi

step "个人信息"
if [ -n "$last" ]; then
    run privacy scan --range "$last..HEAD" >&2 || stop "有不该公开的个人信息，见上面"
else
    # 不看生成出来的和程序自己的文件夹；receipts 里的图像已经清理过，照看。
    set -- --exclude .git --exclude site --exclude site-audit --exclude build --exclude public
    run privacy scan . "$@" --exclude .venv --exclude .cache >&2 ||
        stop "有不该公开的个人信息，见上面"
fi

step "生成"
run build
case $? in
    0) ;;
    1) printf '有错误的表先不公开，页面上写明原因；其余照常发布\n' >&2 ;;
    *) stop "没有生成，见上面" ;;
esac

if [ -z "$last" ] && [ -f "$log" ]; then
    step "核对"
    run verify >&2 || stop "公开日志和版本历史对不上，见上面"
fi

step "发布"
set -- "$target"
[ -z "${CUNWU_KEY:-}" ] || set -- "$@" --key "$CUNWU_KEY"
run publish "$@" || stop "没有通过发布前的核对，见上面"
if [ -z "$last" ] && ! run verify "$target/current"; then
    # 发布时核对过新的文件；这里连以前的也全部核对一遍。
    printf '已经发布，但核对没有通过：请管理员查看；服务器上的文件坏了，用 cunwu publish --whole 重新发布\n' >&2
else
    mkdir -p build/publish
    printf '%s %s\n' "$day" "$(git rev-parse HEAD)" >"$looked"
fi

step "登记"
git add -- disclosure-log* || stop "已经发布，但公开日志没有登记进仓库"
if ! git diff --cached --quiet; then
    number=$(wc -l <"$log" | tr -d ' ')
    name=$(git config user.name || echo 发布)
    mail=$(git config user.email || echo role@desk.invalid)
    git -c user.name="$name" -c user.email="$mail" commit --quiet -m "登记第 $number 次公开 [skip ci]" ||
        stop "已经发布，但公开日志没有登记进仓库"
fi
if git remote get-url origin >/dev/null 2>&1; then
    for _try in 1 2 3 4 5; do
        if CUNWU_PUBLISHING=1 git push --quiet origin "HEAD:refs/heads/$branch"; then
            exit 0
        fi
        # 这时有人推送了新的内容：把登记接在后面。
        git pull --quiet --rebase origin "$branch" || break
    done
    printf '已经发布，但公开日志没有推送回去；请管理员在 %s 里推送\n' "$PWD" >&2
    exit 1
fi
