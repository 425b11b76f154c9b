#!/usr/bin/env bash
# Builds the documentation site from the pages and the XML comments of the packages, into artifacts/docs/site.
#
#   eng/docs.sh                    build it; a warning is an error
#   eng/docs.sh serve [PORT]       the same, then serve it at http://127.0.0.1:8090/
#   eng/docs.sh pack DIRECTORY     the same, then write scouthook-docs.tar.gz there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# Everything is put together in a folder of its own, so that each page has the address it has in the repository.
docs=$PWD/artifacts/docs
rm -rf "$docs"
mkdir -p "$docs"/{assemblies,references,docs}

# All packages in one build. The reference needs the types of other packages too, which a library does not copy by itself.
packages=()
for list in src/*/PublicAPI.Shipped.txt; do
  packages+=("$(basename "$(dirname "$list")")")
done
{
  echo '<Solution>'
  printf '  <Project Path="../../src/%s/%s.csproj" />\n' $(for name in "${packages[@]}"; do echo "$name" "$name"; done)
  echo '</Solution>'
} > "$docs/Packages.slnx"
dotnet build "$docs/Packages.slnx" --configuration Release --verbosity quiet \
  -p:CopyLocalLockFileAssemblies=true -p:RunAnalyzers=false -nodeReuse:false
for name in "${packages[@]}"; do
  cp "src/$name/bin/Release/net10.0"/*.dll "$docs/references/"
  cp "src/$name/bin/Release/net10.0/$name".{dll,xml} "$docs/assemblies/"
done
for name in "${packages[@]}"; do
  rm -f "$docs/references/$name.dll"
done

cp docs/site/docfx.json docs/site/toc.yml LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md "$docs"
cp README.md "$docs/index.md"
cp docs/*.md "$docs/docs"
cp -r docs/decisions docs/images "$docs/docs"
find contract deploy samples benchmarks tests/Scouthook.AsyncApi.Tests/Node src \
  \( -name bin -o -name obj -o -name node_modules -o -name templates \) -prune -o \
  \( -name '*.md' -o -path 'contract/helpscout*' -o -path 'deploy/grafana/*.json' -o -path 'deploy/prometheus/*.yml' -o -path 'src/*.sql' -o -path 'samples/*.cs' -o -name generate.mjs \) -print \
  | tar --create --files-from - | tar --extract --directory "$docs"
{
  printf '# Decisions\n\nChoices that close a door, each with its context and its consequences. A page is amended, not erased.\n\n'
  for page in docs/decisions/[0-9]*.md; do
    printf -- '- [%s](%s)\n' "$(sed -n '1s/^# //p' "$page")" "$(basename "$page")"
  done
} > "$docs/docs/decisions/README.md"
sed -i 's#](docs/decisions)#](docs/decisions/README.md)#g' "$docs/index.md"
# The page of the repository is the start of the site.
find "$docs" -name '*.md' ! -path '*/samples/README.md' -exec sed -i 's#](\(\(\.\./\)*\)README\.md#](\1index.md#g' {} +

dotnet tool restore > /dev/null
dotnet docfx "$docs/docfx.json" --warningsAsErrors
case ${1:-} in
  serve)
    dotnet docfx serve "$docs/site" --hostname 127.0.0.1 --port "${2:-8090}"
    ;;
  pack)
    tar --create --gzip --file "${2:?"the directory to write to"}/scouthook-docs.tar.gz" --directory "$docs/site" .
    ;;
esac
