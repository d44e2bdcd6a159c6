#!/usr/bin/env bash
# Measures a host under load: 200 solves by 8 requests at once, with the packages as they are packed here.
# Writes docs/quality/concurrent-requests.md, and fails where answers differ, memory grows or the budget of processors is not kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page=docs/quality/concurrent-requests.md
example=$PWD/docs/examples/albertslund
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src samples)" ] || commit="$commit and changes not committed"

for project in Sortition.Core Sortition.Files Sortition.Publication Sortition.Studies; do
    dotnet pack -c Release -v q --nologo "src/$project" -o "$work/packages"
done
cp -r samples "$work/samples"
export NUGET_PACKAGES=$work/cache UseCurrentRuntimeIdentifier=true SelfContained=false
for sample in web-api load-check; do
    dotnet build -c Release -v q --nologo "$work/samples/$sample" -o "$work/$sample" "-p:RestoreAdditionalProjectSources=$work/packages"
done

status=0
system="$(dotnet --list-runtimes | sed -nE 's/^Microsoft.NETCore.App ([0-9.]+) .*/.NET \1/p' | tail -1)"
system="$system on $(nproc) processors of $(sed -nE 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)"
for processors in 2 1; do
    dotnet "$work/load-check/load-check.dll" "$work/web-api/web-api.dll" "$example/categories.csv" "$example/respondents.csv" 36 "$processors" \
        > "$work/$processors.txt" || status=1
    cat "$work/$processors.txt"
done

mkdir -p "$(dirname "$page")"
{
    echo "# Many requests at once"
    echo
    echo "200 solves for the same problem (the Albertslund example, 547 people for 36 seats, leximin with its certificate) by 8 requests at once, posted to the"
    echo "[web api](../../samples/web-api) by [load-check](../../samples/load-check). The figures are those of the web api's process; the client is another one."
    echo "Growth is measured from the 40th answer, when everything is compiled and loaded, to the 200th; more than 25 % of either memory fails, and so do two"
    echo "answers that differ in a byte, or more processors in use than the budget by more than a tenth of one (documents are read and written besides)."
    echo
    echo "Made by \`eng/load-check.sh\` at commit $commit, with $system."
    echo "The machine is shared with others: how fast it was says less than that memory is flat."
    for processors in 2 1; do
        echo
        echo "## A budget of $processors"
        echo
        echo '```text'
        cat "$work/$processors.txt"
        echo '```'
    done
} > "$page"
exit "$status"
