#!/bin/sh
# npm run agent-clis: fetches the real Agent CLIs into a folder of their own (900 MB, once), then runs
# their tests against a fake model. They need no key and no account.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh

install_packages
find_node
build_server
STINT_AGENT_CLIS=${STINT_AGENT_CLIS:-${XDG_CACHE_HOME:-$HOME/.cache}/stint/agent-clis}
export STINT_AGENT_CLIS
mkdir -p "$STINT_AGENT_CLIS"
npm install --prefix "$STINT_AGENT_CLIS" --no-audit --no-fund --loglevel=error \
  @anthropic-ai/claude-code@2.1.329 @openai/codex@0.169.0 @google/gemini-cli@0.61.0
exec "$node" scripts/run-tests.ts test/agent-clis "$@"
