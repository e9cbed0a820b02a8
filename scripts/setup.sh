# What every command needs before it can begin: packages, a Node that is new enough, the page, the server's build.
# Sourced, from the root of the repository. Says what it does; is silent when nothing is to be done.

needed_node=24
lock=.setup.lock

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# --- one set-up at a time -----------------------------------------------------------------------
# The lock is a symbolic link that names its holder, so it is made and signed in one act.

holder_of_lock() { readlink "$lock" 2>/dev/null || true; }

is_alive() { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]; }

# Only one of those who find a dead holder may clear its lock, and only while it is still that one's.
clear_dead_lock() {
  mkdir "$lock.$1" 2>/dev/null || return 0
  if [ "$(holder_of_lock)" = "$1" ]; then rm -f "$lock"; fi
  rmdir "$lock.$1"
}

take_lock() {
  waiting=
  until ln -s "$$" "$lock" 2>/dev/null; do
    holder=$(holder_of_lock)
    if [ -n "$holder" ] && ! is_alive "$holder"; then
      clear_dead_lock "$holder"
    elif [ -z "$holder" ] && [ ! -w . ]; then
      fail "Stint cannot write to $PWD, and sets itself up there. Give yourself the right to, or clone it elsewhere."
    else
      [ -n "$waiting" ] || say "Waiting for another set-up of this folder (process ${holder:-unknown})…"
      waiting=yes
    fi
    sleep 1
  done
  trap release_lock EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

release_lock() {
  rm -f "$lock"
  trap - EXIT HUP INT TERM
}

# --- packages -----------------------------------------------------------------------------------

# npm writes node_modules/.package-lock.json last, so an install that broke off never counts as done.
packages_are_current() {
  [ -f node_modules/.package-lock.json ] &&
    [ -d node_modules/node ] && [ -d node_modules/vite ] &&
    [ -z "$(find package-lock.json -newer node_modules/.package-lock.json)" ]
}

# A lockfile that does not fit package.json is a mistake to mend, and no reason not to start.
fetch_packages() {
  flags="--include=dev --engine-strict=false --no-audit --no-fund --loglevel=error"
  log=$(mktemp)
  # shellcheck disable=SC2086 # a list of words
  if npm ci $flags >"$log" 2>&1; then
    rm -f "$log"
    return
  fi
  if grep -q 'in sync' "$log"; then
    say "package-lock.json does not fit package.json, so npm goes by package.json…"
    # shellcheck disable=SC2086
    npm install --no-save $flags >"$log" 2>&1 && rm -f "$log" && return
  fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

install_packages() {
  packages_are_current && return
  take_lock
  if ! packages_are_current; then
    say "Installing packages…"
    fetch_packages || fail "Packages could not be installed: npm says above why. Is the npm registry reachable from here? Then try again."
  fi
  release_lock
}

# --- Node ---------------------------------------------------------------------------------------

is_new_enough() {
  [ -x "$1" ] && [ "$("$1" -p 'parseInt(process.versions.node, 10) >= '"$needed_node" 2>/dev/null)" = true ]
}

# A Node of the machine's own, looked for outside node_modules (npm puts that in front of the PATH).
system_node() {
  (
    IFS=:
    for folder in $PATH; do
      case $folder in *node_modules/.bin) continue ;; esac
      if is_new_enough "$folder/node"; then
        printf '%s\n' "$folder/node"
        return
      fi
    done
  )
}

# Sets `node`. The pinned one comes by an install script, which a person may have told npm to skip.
find_node() {
  node=$PWD/node_modules/.bin/node
  is_new_enough "$node" || node=$(system_node)
  if [ -z "$node" ]; then
    take_lock
    node=$PWD/node_modules/.bin/node
    if ! is_new_enough "$node"; then
      say "Fetching Node.js $needed_node…"
      npm rebuild node --ignore-scripts=false --foreground-scripts --loglevel=error >&2 || true
    fi
    release_lock
    is_new_enough "$node" ||
      fail "Stint needs Node.js $needed_node or newer. This machine has $(node --version 2>/dev/null || echo none), and the one that Stint brings along could not be installed: npm says above why. Install Node.js $needed_node from https://nodejs.org and try again."
  fi
  PATH=$PWD/node_modules/.bin:$PATH
  export PATH
}

# --- the page -----------------------------------------------------------------------------------

page_stamp=node_modules/.stint-page

# The stamp lies in node_modules, so new packages mean a new page; folders count, so a deleted file does too.
page_is_current() {
  [ ! -f web/index.html ] && return
  [ -f web/dist/index.html ] && [ -f "$page_stamp" ] &&
    [ -z "$(find web src/domain src/contract package-lock.json -path web/dist -prune -o -newer "$page_stamp" -print)" ]
}

build_page() {
  page_is_current && return
  take_lock
  if ! page_is_current; then
    say "Building the page…"
    mkdir -p web/dist
    touch "$page_stamp.new"
    "$node" node_modules/vite/bin/vite.js build --config web/vite.config.ts --logLevel warn >&2 ||
      fail "The page could not be built: Vite says above why."
    mv "$page_stamp.new" "$page_stamp"
  fi
  release_lock
}

# --- the server's build -------------------------------------------------------------------------
# Stint runs from its sources too; the build starts in a third of the time and in half the memory.

server_build=dist/server/main.js

# As in bin/start.js, which decides by it what to run.
server_is_current() {
  [ -f "$server_build" ] &&
    [ -z "$(find src bench package-lock.json scripts/build-server.ts -newer "$server_build" -print)" ]
}

build_server() {
  server_is_current && return
  take_lock
  if ! server_is_current; then
    say "Building the server…"
    "$node" scripts/build-server.ts >&2 ||
      say "The server could not be built: Vite says above why. It runs from its sources, which start more slowly."
  fi
  release_lock
}
