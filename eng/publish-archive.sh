#!/usr/bin/env bash
# Publishes the tool for one platform, as an archive with a single program that is compiled ahead and requires the ASP.NET Core
# runtime 10. Further arguments are passed to dotnet publish.
#
#   eng/publish-archive.sh linux-x64 artifacts
set -euo pipefail

runtime=$1
mkdir -p "$2"
output=$(cd "$2" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# With a platform, other packages are restored than those in the lock file.
dotnet publish src/Scouthook.Cli --configuration Release --runtime "$runtime" --no-self-contained --output "$folder" \
  -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:DebugType=embedded \
  -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false \
  -p:NuGetLockFilePath=obj/single-file.lock.json -p:RestoreLockedMode=false "${@:3}" >&2

# The assembly cannot have the name of the command: it would equal that of Scouthook.dll but for letter case.
for extension in "" .exe; do
  if [ -e "$folder/Scouthook.Cli$extension" ]; then
    mv "$folder/Scouthook.Cli$extension" "$folder/scouthook$extension"
  fi
done

# Empty: scripts and styles are in the program.
rm -f "$folder"/*.staticwebassets.endpoints.json
cp LICENSE "$folder"

archive=$output/scouthook-$runtime.tar.gz
tar --create --gzip --file "$archive" --directory "$folder" .
echo "$archive"
