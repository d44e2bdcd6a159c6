#!/usr/bin/env bash
# Runs all tests that need a browser, and writes docs/quality/browser.md: every page in both languages, both colour schemes and at the width of a phone, looked through by axe; and what people do that they are not meant to.
# Usage: eng/browser.sh [FOLDER]; pictures of the pages go into the folder. Needs Chromium (apt-get install chromium), or its path in SORTITION_CHROMIUM.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

if [ $# -gt 0 ]; then
    mkdir -p "$1"
    SORTITION_PICTURES=$(realpath "$1")
    export SORTITION_PICTURES
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test -c Release tests/Sortition.Web.Tests --settings tests/all.runsettings --filter "Lane=Browser|FullyQualifiedName~WholeWayTests" \
    --logger "console;verbosity=normal" 2>&1 | tee "$log" || status=1

{
    echo "# The pages in a browser"
    echo
    echo "Written by \`eng/browser.sh\` at commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD -- src tests || echo ", with changes"), with $("${SORTITION_CHROMIUM:-chromium}" --version 2>/dev/null | sed 's/ *$//')."
    echo
    echo "axe looks at every page for WCAG 2.0–2.2 A and AA and its own best practice, and no page may be wider than the window, ask anything of another computer, or have a style or script refused."
    echo
    echo "| test | result |"
    echo "|---|---|"
    sed -nE 's/^ *figure ([^:]*): (.*)$/| \1 | \2 |/p' "$log"
    sed -nE 's/^ +(Passed|Failed) Sortition\.Web\.Tests\.([A-Za-z]+)\.(.*) \[(.*)\]$/| \3 | \1, \4 |/p' "$log" | tr '_' ' ' | sort
} > docs/quality/browser.md
exit "$status"
