# Sourced after java.sh: a platform on free ports in a temporary folder, packages for Node, and checks that are counted.

work=$(mktemp -d)
platform=
finish() {
  local i
  if [ -n "$platform" ]; then
    kill "$platform" 2>/dev/null
    for ((i = 0; i < 100; i++)); do kill -0 "$platform" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$platform" 2>/dev/null
    wait "$platform" 2>/dev/null
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

passed=0 failed=0
ok() { passed=$((passed + 1)); echo "ok      $1"; }
not_ok() { failed=$((failed + 1)); echo "not ok  $1"; }
skip() { echo "skipped: $*"; exit 3; }

told() { # FILE: counts the lines 'ok WHAT' and 'not ok WHAT' that a program has printed
  local line
  while IFS= read -r line; do
    case "$line" in
      'ok '*) ok "${line#ok }" ;;
      'not ok '*) not_ok "${line#not ok }" ;;
    esac
  done <"$1"
}

# Puts the packages of a folder's package.json beside its programs into $work. They lie in a cache outside the checkout,
# one folder for each version of package.json.
node_packages() { # FOLDER
  local cache
  command -v node >/dev/null || skip "node is missing; Node.js 20 or newer is needed"
  command -v npm >/dev/null || skip "npm is missing; it comes with Node.js"
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/breadcrumbs-interop/$(basename "$1")-$(cat "$1/package.json" "$1/.npmrc" | cksum | tr ' ' '-')
  if [ ! -e "$cache/installed" ]; then
    mkdir -p "$cache"
    cp "$1/package.json" "$1/.npmrc" "$cache/"
    (cd "$cache" && npm install --no-progress --ignore-scripts >"$work/npm.log" 2>&1) || {
      tail -n 5 "$work/npm.log" >&2
      skip "npm cannot install the packages of $1/package.json"
    }
    touch "$cache/installed"
  fi
  ln -s "$cache/node_modules" "$work/node_modules"
  cp "$1/package.json" "$1"/*.js "$work/"
}

start_platform() { # sets crumb, its command line, and url
  local i
  prepare_java || exit 1
  crumb=("$java" -Xmx256m "${java_flags[@]}" -cp "$test_classes" io.breadcrumbs.local.Crumb)
  "$java" -Xmx512m "${java_flags[@]}" -cp "$test_classes" io.breadcrumbs.local.Crumb up \
    --pools=default --port=0 --kafka-port=0 --registry-port=0 --data="$work/data" >"$work/up.out" 2>"$work/up.err" &
  platform=$!
  for ((i = 0; i < 900; i++)); do
    grep -q '^ready' "$work/up.out" 2>/dev/null && break
    kill -0 "$platform" 2>/dev/null || break
    sleep 0.1
  done
  grep -q '^ready' "$work/up.out" || {
    echo "check: the platform did not start:" >&2
    tail -n 20 "$work/up.out" "$work/up.err" >&2
    exit 1
  }
  url=$(sed -n 's/^http *//p' "$work/up.out")
}
