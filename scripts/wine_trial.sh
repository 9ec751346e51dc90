#!/bin/sh
# Start the clerk's folder for Windows under Wine: version, check and build of the sample, byte for byte as here.
#
#     sh scripts/wine_trial.sh build/cunwu-desk.zip
#
# Wine is no Windows, and git is not tried: the zip of a stand-in will do for it.
set -eu

bundle=$(realpath "$1")
here=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'wineserver -k || true; rm -rf "$work"' EXIT
export WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all PYTHONUTF8=1

mkdir "$work/county"
for part in content content_private schemas site_config mkdocs.yml; do
    cp -R "$here/$part" "$work/county/"
done
cp -R "$work/county" "$work/other"
(cd "$work" && "$here/.venv/bin/python" -m zipfile -e "$bundle" .)

windows() {
    # Wine lends a program no file as its output: a pipe it does.
    { (cd "$work/cunwu-desk" && wine python/python.exe -m generator.cli "$@" </dev/null) || touch "$work/failed"; } 2>&1 | cat
    [ ! -e "$work/failed" ]
}

windows --version
windows check --root "$(winepath -w "$work/county")"
windows build --root "$(winepath -w "$work/county")" --workers 1
"$here/.venv/bin/cunwu" build --root "$work/other" --workers 1
diff -r "$work/county/site" "$work/other/site"
echo "the same $(find "$work/other/site" -type f | wc -l) files"
