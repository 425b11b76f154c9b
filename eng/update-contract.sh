#!/usr/bin/env bash
# Writes the contract from the code into contract/, for review in the change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build src/Scouthook.Cli/Scouthook.Cli.csproj --verbosity quiet -nodeReuse:false

write() {
  local file=$1
  shift
  dotnet run --project src/Scouthook.Cli --no-build -- asyncapi "$@" > "$file.new"
  mv "$file.new" "$file"
  echo "$file: $(wc -l < "$file") lines"
}

for version in 2.6.0 3.0.0; do
  write "contract/helpscout-webhooks.asyncapi-$version.yaml" --version "$version"
done
write contract/helpscout-webhooks.schema.json --format schema
