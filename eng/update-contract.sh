#!/usr/bin/env bash
# Writes the contract as the code has it into contract/, for review in the change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build src/Scouthook.Cli/Scouthook.Cli.csproj --verbosity quiet -nodeReuse:false
for version in 2.6.0 3.0.0; do
  file=contract/helpscout-webhooks.asyncapi-$version.yaml
  dotnet run --project src/Scouthook.Cli --no-build -- asyncapi --version "$version" > "$file.new"
  mv "$file.new" "$file"
  echo "$file: $(wc -l < "$file") lines"
done
