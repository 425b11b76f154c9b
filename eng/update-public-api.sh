#!/usr/bin/env bash
# Writes what the packages show to the outside into their PublicAPI.Unshipped.txt, for review in the change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for list in src/*/PublicAPI.Unshipped.txt; do
  project=$(dirname "$list")
  name=$(basename "$project")
  echo '#nullable enable' > "$list"
  members=$(dotnet build "$project/$name.csproj" -t:Rebuild -p:BuildProjectReferences=false \
    -p:TreatWarningsAsErrors=false -v quiet 2>&1 |
    grep -oP "RS0016: Symbol '\K.*(?=' is not part of the declared)" | LC_ALL=C sort -u)
  echo "$members" >> "$list"
  echo "$name: $(echo "$members" | wc -l) members"
done
