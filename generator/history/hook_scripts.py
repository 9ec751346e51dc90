"""Hook scripts: what git's shell runs before a commit, before a push, and before it takes one."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.wording import _

MARK = "# cunwu privacy hook"
CHAINED = ".chained"

_HEAD = """\
#!/bin/sh
{mark}: made by `cunwu privacy install-hook`, which also renews it. Do not edit.
# {chained} beside it, where there is one, is the hook that was here before: it runs first.
guard() {{
    if [ -x {python} ]; then
        {python} -P -m generator.cli "$@"
    elif command -v cunwu >/dev/null 2>&1; then
        cunwu "$@"
    else
        echo {missing} >&2
        return 3
    fi
}}
refuse() {{ # exit code of the scan, what to do
    if [ "$1" = 1 ]; then
        echo "$2" >&2
    else
        echo {failed} >&2
    fi
    exit 1
}}
before="$(dirname "$0")/{chained}"
"""
_BEFORE = """\
if [ -x "$before" ]; then
    "$before" "$@" || exit $?
fi
"""
_COMMIT = """\
guard privacy scan --staged >&2 || refuse $? {advice}
"""
# What git itself wrote into the draft, names of files and with -v a diff, does not become the message.
_MESSAGE = """\
draft=$(mktemp) || refuse 3
trap 'rm -f "$draft"' EXIT
sed -e '/^. -\\{{20,\\}} >8 -\\{{20,\\}}$/,$d' -e '/^#\t/d' "$1" >"$draft" || refuse 3
guard privacy scan --message "$draft" >&2 || refuse $? {advice}
"""
_LINES = """\
given=$(cat)
if [ -x "$before" ]; then
    printf '%s\\n' "$given" | "$before" "$@" || exit $?
fi
[ -n "$given" ] || exit 0
"""
# A commit of the remote's from which all that is new here can be told; without one, everything is looked at.
_PUSH = """\
printf '%s\\n' "$given" | while read -r _ref new _remote old; do
    case $new in *[!0]*) ;; *) continue ;; esac
    brought=$(git rev-list --max-count=1 "$new" --not --remotes="$1") || refuse 3
    [ -n "$brought" ] || continue
    if ! git cat-file -e "$old^{{commit}}" 2>/dev/null; then
        old=$(git rev-list --boundary "$new" --not --remotes="$1" | sed -n 's/^-//p' | sed 1q)
    fi
    if [ -n "$old" ]; then
        guard privacy scan --range "$old..$new" >&2 || refuse $? {advice}
    else
        guard privacy scan --history >&2 || refuse $? {advice}
    fi
done || exit 1
"""
# What no ref reaches yet is what this push brings; all of its commits are looked at, not the last alone.
# A bare repository has no files: those that say what is allowed are taken from what is pushed.
_RECEIVE = """\
place=$(mktemp -d) || refuse 3
trap 'rm -rf "$place"' EXIT
mkdir "$place/site_config"
store=$(git rev-parse --absolute-git-dir) || refuse 3
look() {{ # what to look at, and what for
    (
        GIT_DIR=$store GIT_WORK_TREE=$place
        export GIT_DIR GIT_WORK_TREE
        guard privacy scan "$1" "$2" "$place" >&2
    )
}}
printf '%s\\n' "$given" | while read -r old new ref; do
    case $new in *[!0]*) ;; *) continue ;; esac
    kind=$(git cat-file -t "$new") || refuse 3
    case $kind:$ref in
        tag:* | *[0-9][0-9][0-9][0-9][0-9][0-9]*)
            printf '%s\\n' "$ref" >"$place/said"
            [ "$kind" != tag ] || git cat-file tag "$new" | sed '1,/^$/d' >>"$place/said"
            look --message "$place/said" || refuse $? {renaming}
            ;;
    esac
    brought=$(git rev-list --max-count=1 "$new" --not --all) || refuse 3
    [ -n "$brought" ] || continue
    for file in county.yaml privacy_allow.yaml; do
        rm -f "$place/site_config/$file"
        if git cat-file -e "$new:site_config/$file" 2>/dev/null; then
            git cat-file blob "$new:site_config/$file" >"$place/site_config/$file" || refuse 3
        fi
    done
    look --range "$old..$new" || refuse $? {advice}
    [ "$(git config --type=bool cunwu.rules)" = true ] && [ -z "${{CUNWU_PUBLISHING:-}}" ] || continue
    # Of the main branch, what it holds now counts; any other is a proposal, from where it leaves that one.
    if [ "$ref" = "$(git symbolic-ref HEAD)" ]; then
        guard check --root "$store" --as "$who" --range "$old..$new" >&2 || refuse $? {theirs}
    else
        zeros=$(printf '%s' "$new" | tr '0-9a-f' 0)
        guard check --root "$store" --as "$who" --range "$zeros..$new" --proposed >&2 || refuse $? {theirs}
    fi
done || exit 1
"""
# Who pushes: as the code host says, or the web server, or the machine itself.
_WHO = """\
who=${{CUNWU_USER:-${{GL_USERNAME:-${{GITEA_PUSHER_NAME:-${{REMOTE_USER:-$(id -un)}}}}}}}}
"""
# After a push to the main branch the site follows; who pushes reads on the screen what became of it. What was
# pushed is only ever files: no link is made of it, no filter or hook of this machine runs on it, and no other
# repository is fetched because of it.
_PUBLISH = """\
[ -z "${{CUNWU_PUBLISHING:-}}" ] || exit 0
store=$(git rev-parse --absolute-git-dir) || exit 0
main=$(git symbolic-ref HEAD) || exit 0
printf '%s\\n' "$given" | grep -q " $main\\$" || exit 0
target=$(git config cunwu.target) || exit 0
work=$(git config cunwu.work) || exit 0
unset $(git rev-parse --local-env-vars)
fail() {{ # what went wrong
    echo {unpublished} "$1" >&2
    exit 1
}}
if command -v flock >/dev/null 2>&1; then
    exec 8>"$work.lock" && flock 8
fi
[ -d "$work/.git" ] || git clone --quiet --no-checkout "$store" "$work" || fail "$work"
cd "$work" || fail "$work"
for setting in core.symlinks=false core.hooksPath=/dev/null core.fsmonitor=false submodule.recurse=false \\
    filter.lfs.smudge= filter.lfs.process= filter.lfs.required=false; do
    git config "${{setting%%=*}}" "${{setting#*=}}" || fail "$work"
done
git fetch --quiet origin || fail "$work"
git checkout --quiet --force -B "${{main#refs/heads/}}" "origin/${{main#refs/heads/}}" || fail "$work"
if [ -x {python} ]; then
    CUNWU={program}
else
    CUNWU=cunwu
fi
CUNWU_BRANCH=${{main#refs/heads/}}
export CUNWU CUNWU_BRANCH
sh {publish} "$target" 2>&1
"""


def scripts(is_server: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each hook that a server, or somebody's clone, needs."""
    rewrite = _(
        "推送没有完成：上面这些地方有不该公开的个人信息，后来的提交已删去的也算，历史里仍看得到。"
        "请用 git rebase -i 改写有问题的提交，或 git reset --soft 后重新提交，再推送。"
    )
    if is_server:
        rename = _("推送没有完成：分支或标签的名称、说明里有不该公开的个人信息。请换个名称或说明后再推送。")
        theirs = _("推送没有完成：上面这些改动不在推送人的职责范围内，或缺少签名。请照提示处理后再推送。")
        yield _script("pre-receive", _LINES + _WHO + _RECEIVE, renaming=rename, advice=rewrite, theirs=theirs)
        return
    remove = _(
        "没有提交：上面这些地方有不该公开的个人信息。请照提示删去，再运行 git add 和 git commit。"
        "还没有进入历史，删去即可。"
    )
    said = _("没有提交：提交说明里有不该公开的个人信息。请删去后重新提交。")
    yield _script("pre-commit", _BEFORE + _COMMIT, advice=remove)
    yield _script("pre-merge-commit", _BEFORE + _COMMIT, advice=remove)
    yield _script("commit-msg", _BEFORE + _MESSAGE, advice=said)
    # Rebasing, cherry-picking and --no-verify make commits without asking.
    yield _script("pre-push", _LINES + _PUSH, advice=rewrite)


def publishing_script(publish: Path) -> tuple[str, str]:
    """Return the name and the text of the hook that publishes what was pushed, by the script ``publish``."""
    return _script(
        "post-receive",
        _LINES + _PUBLISH,
        unpublished=_("没有发布，网站保持原样；请管理员查看："),
        publish=str(publish),
        program=f"{sys.executable} -P -m generator.cli",
    )


def _script(name: str, body: str, **words: str) -> tuple[str, str]:
    head = _HEAD.format(
        mark=MARK,
        chained=name + CHAINED,
        python=shlex.quote(sys.executable),
        missing=shlex.quote(_("找不到 cunwu，没法检查个人信息。请重新运行 cunwu privacy install-hook。")),
        failed=shlex.quote(_("个人信息检查没有做完，所以没有放行。请看上面的提示，改好后重试。")),
    )
    quoted = {key: shlex.quote(text) for key, text in words.items()}
    return name, head + body.format(python=shlex.quote(sys.executable), **quoted)
