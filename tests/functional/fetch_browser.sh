#!/bin/sh
# Finds or fetches a Chromium for the browser tests, and says which.
set -e
python="$1"
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    echo "Browser tests use $(command -v "$name")."
    exit 0
  fi
done
if [ "$("$python" -m tests.functional.browser 2>/dev/null)" != "" ]; then
  echo "Browser tests use Playwright's own Chromium."
  exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "No Chromium here: installing Debian's with apt-get."
  if { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null; then
    exit 0
  fi
fi
echo "No Chromium here, and apt-get could not install one: fetching Playwright's own."
"$python" -m playwright install chromium
