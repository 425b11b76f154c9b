#!/usr/bin/env bash
# Builds everything and runs every test; all that CI does is call this.
#
#   ./test.sh          the tests as they run for every change
#   ./test.sh --long   with the full rounds of random input
#
# Needs the .NET SDK named in global.json. Installs with apt what else is missing:
#   chromium            the browser that opens the dashboard
#   clang, zlib1g-dev   link the natively compiled app of tests/Scouthook.Aot
#   git                 packages name the commit that they were made from
#   curl, openssl       play Help Scout without any code of ours
#   libfaketime         a wall clock that is set ahead and back under a running gateway
#   strace              shows that the disk has an event before its answer leaves
#   mount, util-linux   a disk that is full, a user who may not write
#   nodejs, npm         Node.js 20.19, or 22.12 or later, for tools and receivers that are not ours, installed with npm ci:
#                       the standardwebhooks library; parsers and linters of AsyncAPI and OpenAPI, a validator of JSON
#                       Schema, and generators of types from all of them, with the TypeScript compiler
#   nginx-light         a proxy as people put in front of the gateway, with the configuration of the test
#   php-cli             a receiver as Help Scout documents it
#   python3             compiles the Python that is generated from the contract
#   pgbouncer           a pooler in transaction mode between the PostgreSQL store and its server
#   postgresql          the server of the PostgreSQL store; tests start one of their own, and no cluster is created

set -euo pipefail

# Started in the background, a shell ignores interrupts, and so would everything it starts; a shell cannot undo that
# by itself. Tests interrupt programs.
if [[ -z ${SCOUTHOOK_INTERRUPTIBLE:-} ]] && env --default-signal=INT true 2> /dev/null; then
  export SCOUTHOOK_INTERRUPTIBLE=1
  exec env --default-signal=INT,QUIT bash "${BASH_SOURCE[0]}" "$@"
fi

cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

for argument in "$@"; do
  case "$argument" in
    --long)
      export SCOUTHOOK_LONG=1 SCOUTHOOK_FUZZ=5000000
      ;;
    *)
      sed -n '2,/^$/ s/^# \{0,1\}//p' "${BASH_SOURCE[0]##*/}" >&2
      exit 2
      ;;
  esac
done

install_missing() {
  local missing=()
  [[ -n ${SCOUTHOOK_CHROMIUM:-} ]] || command -v chromium > /dev/null || missing+=(chromium)
  command -v clang > /dev/null || missing+=(clang)
  [[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
  command -v git > /dev/null || missing+=(git)
  command -v curl > /dev/null || missing+=(curl)
  command -v openssl > /dev/null || missing+=(openssl)
  compgen -G '/usr/lib/*/faketime/libfaketime.so.1' > /dev/null || missing+=(libfaketime)
  command -v strace > /dev/null || missing+=(strace)
  command -v mount > /dev/null || missing+=(mount)
  command -v setpriv > /dev/null || missing+=(util-linux)
  command -v node > /dev/null || missing+=(nodejs)
  command -v npm > /dev/null || missing+=(npm)
  command -v nginx > /dev/null || [[ -x /usr/sbin/nginx ]] || missing+=(nginx-light)
  command -v php > /dev/null || missing+=(php-cli)
  command -v python3 > /dev/null || missing+=(python3)
  [[ -x /usr/sbin/pgbouncer ]] || missing+=(pgbouncer)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || missing+=(postgresql)
  if (( ${#missing[@]} == 0 )); then
    return
  fi

  local as_root=()
  if (( EUID != 0 )); then
    as_root=(sudo)
  fi

  if ! command -v apt-get > /dev/null; then
    echo "Missing: ${missing[*]} (names of Debian packages). There is no apt-get here: install them by hand." >&2
    exit 1
  fi

  echo "Installing ${missing[*]}"
  # Tests start what they need themselves: no package may start a service of the system meanwhile.
  local policy=/usr/sbin/policy-rc.d ended=0
  if [[ -e $policy ]]; then
    policy=
  else
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" > /dev/null
    "${as_root[@]}" chmod +x "$policy"
  fi

  # The package of PostgreSQL would create a cluster of the system.
  if [[ " ${missing[*]} " == *' postgresql '* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf > /dev/null
  fi

  "${as_root[@]}" apt-get update -qq \
    && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get install -y -qq --no-install-recommends \
      -o Dpkg::Options::=--force-confold \
      "${missing[@]}" > /dev/null || ended=$?
  if [[ -n $policy ]]; then
    "${as_root[@]}" rm -f "$policy"
  fi

  return "$ended"
}

# Packages of Node.js, as their lock files have them, and only when those have changed; none of their install scripts runs.
install_node_packages() {
  local folder
  if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
      process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)'; then
    echo "Node.js $(node --version) is too old for the tools that check the contract: install 20.19, or 22.12 or later, https://nodejs.org" >&2
    exit 1
  fi

  for folder in tests/Scouthook.Inbox.Tests/receivers tests/Scouthook.AsyncApi.Tests/Node; do
    if [[ ! $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]]; then
      echo "Installing the packages of $folder"
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
    fi
  done
}

# Restores the packages that packages.lock.json lists, so what is tested is what it says. Known vulnerabilities fail the
# build. Where the package source has no data about them, a build that passes shows nothing, and that is said.
restore() {
  local output=$results/restore
  if ! dotnet restore Scouthook.slnx --locked-mode --force --verbosity normal -nodeReuse:false > "$output"; then
    cat "$output"
    exit 1
  fi

  if grep -i 'vulnerabilit.*index\.json' "$output" > /dev/null; then
    echo "Audit of packages: checked against the vulnerabilities that the package source knows."
  else
    echo "Audit of packages: the package source has no data about vulnerabilities, so nothing was checked."
  fi
}

# The projects of the solution that hold tests.
test_projects() {
  sed -n 's/.*<Project Path="\([^"]*\)".*/\1/p' Scouthook.slnx | xargs grep -l '"xunit.v3"'
}

# Ends the compiler that the builds of this run have shared.
stop_compiler() {
  local process
  for process in /proc/[0-9]*; do
    if tr '\0' ' ' 2> /dev/null < "$process/cmdline" | grep -- " -pipename:$SharedCompilationId " > /dev/null; then
      kill "${process##*/}" 2> /dev/null || true
    fi
  done
}

# How many tests of a result file ended so: Passed, Failed or NotExecuted.
count() {
  { grep -o '<UnitTestResult [^>]*>' "$1" || true; } | { grep -c " outcome=\"$2\"" || true; }
}

# The names of the tests that failed, as <UnitTestResult …/> tells them.
failed_tests() {
  { grep -o '<UnitTestResult [^>]*outcome="Failed"[^>]*>' "$1" || true; } | sed 's/.*testName="\([^"]*\)".*/  \1/'
}

# The ten test classes that took longest in all, with the sum of their tests.
slowest_classes() {
  grep -ho '<UnitTestResult [^>]*>' "$results"/*.trx \
    | sed -n 's/.* testName="\([^"(]*\)\.[^."(]*["(].* duration="\([0-9]*\):\([0-9]*\):\([0-9.]*\)".*/\1 \2 \3 \4/p' \
    | awk '{ sum[$1] += $2 * 3600 + $3 * 60 + $4 } END { for (name in sum) printf "%8.1f %s\n", sum[name], name }' \
    | sort -rn | sed -n 1,10p
}

if ! command -v dotnet > /dev/null; then
  version=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json)
  echo "dotnet is missing: install the .NET SDK $version or a later 10.0 one, https://dot.net/download" >&2
  exit 1
fi

install_missing
install_node_packages

results=$(mktemp -d)
trap 'stop_compiler; rm -rf "$results"' EXIT

# One compiler for all builds, those of the tests included: loading it with its analyzers takes longer than most projects.
# Its name is of this run only, so no other build uses it.
export UseSharedCompilation=true SharedCompilationId=scouthook-tests-$$

started=$SECONDS
restore
dotnet build Scouthook.slnx --no-restore --verbosity quiet -nodeReuse:false
# The tool starts hundreds of times in the tests: compiled ahead, each start costs half as much.
if dotnet publish src/Scouthook.Cli --configuration Debug --use-current-runtime --no-self-contained --output "$PWD/src/Scouthook.Cli/bin/tool" \
  -p:PublishReadyToRun=true -p:RunAnalyzers=false -p:NuGetLockFilePath=obj/ready-to-run.lock.json -p:RestoreLockedMode=false \
  --verbosity quiet -nodeReuse:false > "$results/publish"; then
  export SCOUTHOOK_TOOL=$PWD/src/Scouthook.Cli/bin/tool/Scouthook.Cli
else
  echo "The tool could not be compiled ahead, so the tests start it as it was built, which takes longer:"
  cat "$results/publish"
fi
echo "Built in $((SECONDS - started)) s"

# Runs the tests of a project. Its output goes to a file that appears when it has ended.
run_project() {
  local project=$1 name begun=$SECONDS ended=0
  name=$(basename "$project" .csproj)
  {
    printf '\n== %s\n' "$name"
    dotnet test --project "$project" --no-build --no-progress \
      --results-directory "$results" --report-xunit-trx --report-xunit-trx-filename "$name.trx" || ended=$?
    echo "-- $name: $((SECONDS - begun)) s"
    echo "$ended" > "$results/$name.exit"
  } > "$results/$name.running" 2>&1
  mv "$results/$name.running" "$results/$name.output"
  cat "$results/$name.output"
}

# The projects in the order in which they begin. Those that take longest come first: begun last, they would end alone.
in_order() {
  local name
  for name in Gateway EndToEnd Dashboard Cli Inbox; do
    test_projects | grep "/Scouthook\.$name\.Tests\.csproj$"
  done
  test_projects | grep -v '/Scouthook\.\(Gateway\|EndToEnd\|Dashboard\|Cli\|Inbox\)\.Tests\.csproj$'
}

passed=0 failed=0 skipped=0 problems=()
projects=$(in_order)

# Two at a time: when one waits, the other computes. The full rounds measure, so there each has the machine to itself.
lanes=2
if [[ ${SCOUTHOOK_LONG:-} == 1 ]]; then
  lanes=1
fi

export results
export -f run_project
xargs -P "$lanes" -I '{}' bash -c 'run_project {}' <<< "$projects"

for project in $projects; do
  name=$(basename "$project" .csproj)
  result=$results/$name.trx
  if [[ ! -e "$result" ]] || ! grep -q '</TestRun>' "$result"; then
    problems+=("$name left no results.")
    continue
  fi

  ended=$(cat "$results/$name.exit")
  passed=$((passed + $(count "$result" Passed)))
  failed=$((failed + $(count "$result" Failed)))
  skipped=$((skipped + $(count "$result" NotExecuted)))
  if (( ended != 0 && $(count "$result" Failed) == 0 )); then
    problems+=("$name ended with exit code $ended, though no test of it failed.")
  fi
done

echo
echo "Slowest test classes, in seconds:"
slowest_classes

echo
for result in "$results"/*.trx; do
  if [[ -e "$result" && "$(count "$result" Failed)" != 0 ]]; then
    echo "Failed in $(basename "$result" .trx):"
    failed_tests "$result"
  fi
done

if (( ${#problems[@]} > 0 )); then
  printf '%s\n' "${problems[@]}"
fi

echo "$passed passed, $failed failed, $skipped skipped"
(( failed == 0 && ${#problems[@]} == 0 && passed > 0 ))
