#!/bin/sh
# Finds a Chromium for the browser tests, installs one, or names the command that does.
set -u
bin=$1
find_browser() {
  [ -n "${SCHAKELBORD_CHROMIUM:-}" ] && [ -x "$SCHAKELBORD_CHROMIUM" ] && return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  "$bin/python" -c '
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))' >/dev/null 2>&1
}
find_browser && exit 0
echo "Schakelbord: a browser for the tests is being installed (once)..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1
  find_browser && exit 0
fi
"$bin/playwright" install chromium >/dev/null 2>&1
find_browser && exit 0
echo "Voor de browsertests is Chromium nodig. Installeer het met: sudo apt-get install chromium" >&2
echo "The browser tests need Chromium. Install it with: sudo apt-get install chromium" >&2
exit 1
