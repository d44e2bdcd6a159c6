#!/usr/bin/env bash
# Shows how large the source is and how it hangs together: code lines, files that name an objective, circles, longest file and method.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

dotnet test -c Release tests/Sortition.Architecture.Tests --filter FullyQualifiedName~FiguresTests --logger "console;verbosity=detailed" |
    sed -nE 's/^ *figure //p'
