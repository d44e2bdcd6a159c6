#!/usr/bin/env bash
# Runs the command on mutated pools, quotas and populations: how many, and the seed. Writes what came of it to docs/quality/mutated-tables.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export SORTITION_MUTATED="${1:-10000}" SORTITION_SEED="${2:-1}" SORTITION_MUTATED_RESULT="$PWD/docs/quality/mutated-tables.txt"

dotnet test -c Release tests/Sortition.Cli.Tests --settings tests/all.runsettings --filter FullyQualifiedName~MutatedTableTests
cat "$SORTITION_MUTATED_RESULT"
