# Programs that some suites need: a browser, PostgreSQL, Redis. Sourced after setup.sh.
# Tests find them in STINT_CHROMIUM (a program), STINT_POSTGRES (the folder of initdb and postgres) and
# STINT_REDIS (a program), or in STINT_…_MISSING the reason to skip with. STINT_NO_APT=1 installs nothing.

first_that_runs() {
  for candidate in "$@"; do
    found=$(command -v "$candidate" 2>/dev/null) || continue
    if "$found" --version >/dev/null 2>&1; then
      printf '%s\n' "$found"
      return
    fi
  done
}

find_chromium() {
  first_that_runs ${STINT_CHROMIUM:+"$STINT_CHROMIUM"} chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
}

# Debian keeps PostgreSQL's own programs outside the PATH, a folder for each version; the last is the newest.
find_postgres() {
  newest=${STINT_POSTGRES:-}
  [ -z "$newest" ] || { printf '%s\n' "$newest" && return; }
  for folder in $(echo "$PATH" | tr : ' ') /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then newest=$folder; fi
  done
  printf '%s\n' "$newest"
}

find_redis() { first_that_runs ${STINT_REDIS:+"$STINT_REDIS"} redis-server valkey-server; }

# Why a package that is missing was not installed, or nothing where it may be.
why_not_install() {
  if [ -n "${STINT_NO_APT:-}" ]; then
    echo "STINT_NO_APT is set"
  elif ! command -v apt-get >/dev/null 2>&1; then
    echo "this is not Debian, where the tests could install it"
  elif [ "$(id -u)" != 0 ]; then
    echo "only root may install it (apt-get install $1)"
  fi
}

# A RUNLEVEL of 1 keeps the packages from starting services: the tests start their own.
install_debian_packages() {
  say "Installing Debian packages:$1…"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  quickly="-o Acquire::Retries=1 -o Acquire::http::Timeout=20"
  # shellcheck disable=SC2086 # both are lists of words
  if ! { apt-get $quickly -qq update && apt-get $quickly -qq -y --no-install-recommends install $1; } >"$log" 2>&1; then
    say "They could not be installed. The last lines of apt-get:"
    tail -n 5 "$log" >&2
  fi
  rm -f "$log"
}

install_missing_programs() {
  wanted=
  [ -n "$(find_chromium)" ] || wanted="$wanted chromium"
  [ -n "$(find_postgres)" ] || wanted="$wanted postgresql"
  [ -n "$(find_redis)" ] || wanted="$wanted redis-server"
  [ -n "$wanted" ] || return 0
  if [ -z "$(why_not_install "$wanted")" ]; then
    take_lock
    install_debian_packages "$wanted"
    release_lock
  fi
}

# announce NAME PATH VARIABLE PACKAGE SUITES: hands the tests what there is, or the reason why not.
announce() {
  if [ -n "$2" ]; then
    export "$3=$2"
    return
  fi
  reason=$(why_not_install "$4")
  missing="no $1: ${reason:-apt-get could not install $4}"
  export "$3=" "$3_MISSING=$missing"
  say "Skipping $5: $missing."
}

find_programs() {
  install_missing_programs
  announce Chromium "$(find_chromium)" STINT_CHROMIUM chromium "the tests in a browser"
  announce PostgreSQL "$(find_postgres)" STINT_POSTGRES postgresql "the suites on a PostgreSQL server"
  announce Redis "$(find_redis)" STINT_REDIS redis-server "the suites on a Redis server"
}
